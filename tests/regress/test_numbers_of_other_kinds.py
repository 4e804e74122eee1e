"""Digits of addresses, telephones, accounts, versions and number plates were read as figures."""

from __future__ import annotations

import pytest

from reportcheck.quantities import find_quantities


@pytest.mark.parametrize(
    "text",
    [
        "见https://www.example.gov.cn/n12/c340.html?id=56&p=7%208，",
        "见www.example.gov.cn/2021/t45_67.html。",
        "邮箱cw2021@126.com。",
        "升级到v3.4.2，",
        "版本号：4.5.6，",
        "启用5.0版系统",
        "地址10.20.30.40:8080，",
        "电话0731-82345678，",
        "电话：010-6234-5678，",
        "联系电话是（0731）8234 5678。",
        "传真+86 731 82345678。",
        "400-812-3456服务",
        "手机13812345678，",
        "身份证号430103198801012345，",
        "身份证43010319880101234X，",
        "账号：6222 0212 3456 7890 123，",
        "邮编 421200，",
        "邮政编码：421200。",
        "湘财绩〔2022〕15号文件",
        "车辆湘D·56B78。",
        "车牌号京A12345。",
        "规模以上工业[1]，",
        "数据来源。[2]为初步数",
        "红十字会",
        "五角大楼",
        "拾起信心",
        "百分百满意",
    ],
)
def test_they_are_no_figures(text: str) -> None:
    assert find_quantities(text, "p1") == []


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("电话回访120户", ["120户"]),
        ("热线12345受理3200件", ["3200件"]),
        ("版本升级费用12.5万元", ["12.5万元"]),
        ("账户余额53.20万元", ["53.20万元"]),
        ("湘江治理12公里", ["12公里"]),
    ],
)
def test_figures_beside_their_words_are_read(text: str, figures: list[str]) -> None:
    assert [figure.text for figure in find_quantities(text, "p1")] == figures
