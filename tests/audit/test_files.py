"""What the files of one submission say against one another; exact findings on small submissions, right and wrong."""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePosixPath

import pytest

from reportcheck.audit.across import Across
from reportcheck.audit.files import compare_files
from reportcheck.audit.inspect import inspect, tasks_of
from reportcheck.audit.submissions import submissions
from reportcheck.checker import Settings
from reportcheck.model import Document
from reportcheck.read import read
from reportcheck.read.txt import blocks_of
from tables import text_of

SAMPLES = Path(__file__).parents[2] / "samples" / "reports"

REPORT = """甲山县园林局2022年度部门整体支出绩效自评报告

　　一、基本情况
　　2022年末编制数48名，年末实有在职人员45人。
　　二、预算执行情况
　　2022年年初预算1286.40万元，全年预算1647.51万元，全年支出1589.27万元，年末结转58.24万元。
　　森林步道项目全年预算286.00万元，支出271.35万元。
　　三、“三公”经费
　　“三公”经费支出18.64万元，其中公务接待费支出5.82万元，公务用车运行维护费支出12.82万元。
　　四、绩效情况
　　全年栽植苗木21640株，惠及居民3862户。游客满意度95.46%。
　　自评得分94.65分。
"""

FORM = text_of(
    [
        "单位名称|甲山县园林局|<|<|<|<|<",
        "资金情况|<|年初预算数|全年预算数|全年执行数|执行率|得分",
        "年度资金总额|<|1286.40|1647.51|1589.27|96.46%|9.65",
        "一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分",
        "产出指标|数量指标|栽植苗木|≥20000株|21640株|40|40.00",
        "效益指标|社会效益|惠及居民|≥3500户|3862户|40|36.00",
        "满意度指标|满意度|游客满意度|≥90%|95.46%|10|9.00",
        "总分|<|<|<|<|100|94.65",
    ],
    caption="部门整体支出绩效自评表（2022年度）",
)

BASE = text_of(
    [
        "财政供养人员情况（人）|编制数|2022年实际在职人数|控制率",
        "合计|48|45|93.75%",
        "经费控制情况（万元）|2021年决算数|2022年预算数|2022年决算数",
        "一、“三公”经费|20.37|22.00|18.64",
        "1.公务用车购置和维护经费|13.95|14.00|12.82",
        "2.公务接待|6.42|8.00|5.82",
    ],
    unit="人、万元",
    caption="部门整体支出绩效评价基础数据表",
)


def project(name: str, budget: str, spent: str) -> str:
    return text_of(
        [
            f"项目名称|<|{name}|<|<",
            "项目资金|<|全年预算数|全年执行数|得分",
            f"年度资金总额|<|{budget}|{spent}|9.49",
            "总分|<|<|<|98.49",
        ],
        caption="项目支出绩效自评表（2022年度）",
    )


ACCOUNTS = """甲山县园林局2022年度部门决算公开

　　一、收入支出决算情况
　　2022年度支出合计1589.27万元，其中财政拨款支出1578.62万元。年末结转和结余58.24万元。
　　二、“三公”经费
　　“三公”经费支出决算18.64万元，公务接待费支出决算5.82万元，公务用车运行维护费支出决算12.82万元。
"""

RIGHT = {
    "园林局/自评报告.txt": REPORT,
    "园林局/附件1 基础数据表.txt": BASE,
    "园林局/附件2 整体支出自评表.txt": FORM,
    "园林局/附件3-1 森林步道项目自评表.txt": project("森林步道", "286.00", "271.35"),
    "园林局/附件3-2 公厕改造项目自评表.txt": project("公厕改造", "120.00", "117.35"),
    "园林局/部门决算公开.txt": ACCOUNTS,
}


def document(name: str, text: str) -> Document:
    return Document(name, "txt", *blocks_of(text))


def compared(files: dict[str, str]) -> tuple[Across, ...]:
    return compare_files([(name, document(name, text)) for name, text in files.items()], Settings())


def said(found: Across) -> str:
    """``warning files-disagree 自评表 1598.27 / 自评报告 1589.27万元``"""
    spots = " / ".join(f"{PurePosixPath(spot.file).stem} {spot.text}" for spot in found.spots)
    return f"{found.severity} {found.rule} {spots}"


def with_slip(file: str, old: str, new: str) -> dict[str, str]:
    (name,) = [name for name in RIGHT if file in name]
    assert RIGHT[name].count(old) == 1
    return {**RIGHT, name: RIGHT[name].replace(old, new)}


def test_files_that_agree_say_nothing() -> None:
    assert compared(RIGHT) == ()


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (
            "整体支出自评表",
            "1647.51| 1589.27",
            "1647.51| 1598.27",
            "error files-disagree 附件2 整体支出自评表 1598.27 / 自评报告 1589.27万元 / 部门决算公开 1589.27万元",
        ),
        (
            "整体支出自评表",
            "1286.40",
            "1268.40",
            "error files-disagree 附件2 整体支出自评表 1268.40 / 自评报告 1286.40万元",
        ),
        (
            "基础数据表",
            "| 48|",
            "| 49|",
            "error files-disagree 附件1 基础数据表 49 / 自评报告 48名",
        ),
        (
            "部门决算公开",
            "接待费支出决算5.82万元",
            "接待费支出决算5.28万元",
            "error files-disagree 部门决算公开 5.28万元 / 自评报告 5.82万元 / 附件1 基础数据表 5.82",
        ),
        (
            "森林步道项目",
            "271.35",
            "273.15",
            "warning files-disagree 附件3-1 森林步道项目自评表 273.15 / 自评报告 271.35万元",
        ),
        (
            "整体支出自评表",
            "3862户",
            "3682户",
            "warning files-disagree 附件2 整体支出自评表 3682户 / 自评报告 3862户",
        ),
        (
            "自评报告",
            "自评得分94.65分",
            "自评得分96.45分",
            "error files-disagree 附件2 整体支出自评表 94.65 / 自评报告 96.45分",
        ),
    ],
)
def test_one_figure_that_differs_is_one_finding(file: str, old: str, new: str, expected: str) -> None:
    assert [said(found) for found in compared(with_slip(file, old, new))] == [expected]


def test_a_finding_is_told_in_words_with_its_places() -> None:
    (found,) = compared(with_slip("森林步道项目", "271.35", "273.15"))
    assert found.message == (
        "森林步道支出：《附件3-1 森林步道项目自评表.txt》写为273.15，《自评报告.txt》写为271.35万元"
    )
    assert found.submissions == ("园林局",)
    assert [(spot.file, spot.context) for spot in found.spots] == [
        ("园林局/附件3-1 森林步道项目自评表.txt", "年度资金总额 | 286.00 | 273.15 | 9.49"),
        ("园林局/自评报告.txt", "森林步道项目全年预算286.00万元，支出271.35万元。"),
    ]
    (english,) = compare_files(
        [(name, document(name, text)) for name, text in with_slip("森林步道项目", "271.35", "273.15").items()],
        Settings(language="en"),
    )
    assert english.message == (
        "森林步道spending: 附件3-1 森林步道项目自评表.txt has 273.15, 自评报告.txt has 271.35万元"
    )


def test_the_order_of_the_files_changes_nothing() -> None:
    files = with_slip("整体支出自评表", "3862户", "3682户")
    assert compared(dict(reversed(files.items()))) == compared(files) != ()


@pytest.mark.parametrize(
    ("file", "text"),
    [
        # Another year, another level, another body, a budget, a project of another name.
        (
            "上年/2021自评报告.txt",
            REPORT.replace("2022", "2021").replace("1589.27", "1598.27").replace("21640", "24160"),
        ),
        ("本级决算.txt", ACCOUNTS.replace("园林局2022", "园林局（本级）2022").replace("1589.27", "1598.27")),
        (
            "苗圃自评.txt",
            REPORT.replace("园林局", "园林苗圃中心").replace("1589.27", "1598.27").replace("48名", "46名"),
        ),
        (
            "预算公开.txt",
            "甲山县园林局2022年部门预算公开\n\n　　2022年支出预算1268.40万元，“三公”经费支出16.84万元。\n",
        ),
        ("附件3-3 步道照明.txt", project("步道照明", "268.00", "273.15")),
        # Another scope in words of its own: no slip, and nothing but the word in common.
        ("工作总结.txt", "甲山县园林局2022年工作总结\n\n　　全年投入资金1.6亿余元，全系统在职人员约90人。\n"),
    ],
)
def test_what_is_of_something_else_is_not_compared(file: str, text: str) -> None:
    assert compared({**RIGHT, f"园林局/{file}": text}) == ()


def test_files_that_agree_on_nothing_do_not_tell_of_the_same() -> None:
    """The forms of two districts, without the name of a body: all differs, one figure by what looks like a slip."""
    rows = ["专项名称|就业补助资金|<|<", "资金情况|全年预算数|全年执行数|得分", "年度资金总额|{}|{}|9.49"]
    rows += ["指标|三级指标|年度指标值|实际完成值", "数量指标|享受社会保险补贴人数|≥2600人|{}人"]
    caption = "转移支付绩效自评表（2022年度）"
    east = text_of([row.format("1263.80", "1214.36") for row in rows[:-1]] + [rows[-1].format("2715")], caption=caption)
    west = text_of([row.format("986.50", "935.72") for row in rows[:-1]] + [rows[-1].format("2751")], caption=caption)
    assert compared({"就业/东区.txt": east, "就业/西区.txt": west}) == ()


# --- copies -----------------------------------------------------------------------------------


def test_a_report_in_other_formats_is_one_report() -> None:
    names = sorted(SAMPLES.glob("county-petition-bureau-2019.*"))
    assert [path.suffix for path in names] == [".docx", ".pdf", ".txt"]
    assert compare_files([(f"信访局/{path.name}", read(path)) for path in names], Settings()) == ()


def test_two_copies_that_differ_are_one_finding() -> None:
    draft = REPORT.replace("21640株", "21460株").replace("全年支出1589.27", "全年支出1598.27")
    assert [
        said(found) for found in compared({"园林局/自评报告.txt": REPORT, "园林局/自评报告（终稿）.txt": draft})
    ] == ["error copies-differ 自评报告 1589.27 / 自评报告（终稿） 1598.27 / 自评报告 21640 / 自评报告（终稿） 21460"]


# --- names ------------------------------------------------------------------------------------


def head_of(unit: str, year: int) -> str:
    return f"{unit}{year}年度部门整体支出绩效自评报告\n\n　　一、基本情况\n　　{unit}负责有关工作。\n"


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("县园林局2022年度部门整体支出绩效自评报告.txt", "甲山县园林局"),
        ("园林局自评报告.txt", "甲山县园林局"),
        ("2023年报送材料/园林局/自评报告.txt", "甲山县园林局"),
        ("园林局2023年绩效自评报告.txt", "甲山县园林局"),
        ("人社局2022.txt", "甲山县人力资源和社会保障局"),
        ("附件1-1 县卫健委自评.txt", "甲山县卫生健康局"),
        ("文广旅体局-2022年度绩效自评报告.txt", "甲山县文化旅游广电体育局"),
        ("教育局_一中自评.txt", "甲山县第一中学"),
        ("2022-2024年自评.txt", "甲山县园林局"),
        ("县林业局2022年度绩效自评报告.txt", "甲山县园林局"),
        ("20230418自评报告定稿2.txt", "甲山县园林局"),
        ("体育馆改造项目2022年自评.txt", "甲山县教育局"),
        ("市二医院2022年自评.txt", "青塘市第二人民医院"),
        ("县府办2022年度自评报告.txt", "甲山县人民政府办公室"),
        ("发改局（含粮食局）2022年度自评报告.txt", "甲山县发展和改革局"),
    ],
)
def test_short_and_messy_names_fit(name: str, unit: str) -> None:
    assert compared({name: head_of(unit, 2022)}) == ()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("县水利局2022年度绩效自评报告.txt", "文件名“县水利局”与内容不符：内容为“甲山县园林局”"),
        ("乙山县园林局2022年度绩效自评报告.txt", "文件名“乙山县园林局”与内容不符：内容为“甲山县园林局”"),
        ("园林局2023年度绩效自评报告.txt", "文件名“2023”与内容不符：内容为“2022”"),
        ("园林局2024年绩效自评报告.txt", "文件名“2024”与内容不符：内容为“2022”"),
    ],
)
def test_a_name_that_tells_another_unit_or_year(name: str, message: str) -> None:
    (found,) = compared({name: head_of("甲山县园林局", 2022)})
    assert (found.severity, found.rule, found.message) == ("warning", "file-name-mismatch", message)
    assert found.spots[0].text == "甲山县园林局2022年度部门整体支出绩效自评报告"


def test_a_folder_that_tells_another_unit() -> None:
    files = {"县水利局/报告.txt": head_of("甲山县园林局", 2022), "县水利局/决算.txt": ACCOUNTS}
    assert [found.message for found in compared(files)] == ["文件名“县水利局”与内容不符：内容为“甲山县园林局”"]


def test_a_file_of_another_unit() -> None:
    stranger = head_of("甲山县水利局", 2022)
    files = {**RIGHT, "园林局/附件4 自评.txt": stranger}
    (found,) = compared(files)
    assert said(found) == (
        "warning other-unit-file 附件4 自评 甲山县水利局2022年度部门整体支出绩效自评报告"
        " / 自评报告 甲山县园林局2022年度部门整体支出绩效自评报告"
    )
    # A unit that the report knows is one of its own.
    own = REPORT.replace("一、基本情况\n", "一、基本情况\n　　下属单位为甲山县水利局。\n")
    assert compared({**files, "园林局/自评报告.txt": own}) == ()


# --- attachments ------------------------------------------------------------------------------

ANNOUNCING = (
    REPORT
    + "附件：1.部门整体支出绩效评价基础数据表\n2.部门整体支出绩效自评表\n3.项目支出绩效自评表\n4.满意度调查问卷\n"
)


@pytest.mark.parametrize("archived", [False, True])
def test_announced_attachments_are_looked_for_among_the_files(tmp_path: Path, archived: bool) -> None:
    """In folders below, in archives, by number or by name, as tables or as pictures."""
    files = {
        "园林局/自评报告.txt": ANNOUNCING,
        "园林局/附表/附件1-1 数据.txt": BASE,
        "园林局/附表/部门整体支出绩效自评表.txt": FORM,
        "园林局/附件3 项目表/森林步道.txt": project("森林步道", "286.00", "271.35"),
    }
    for name, text in files.items():
        path = tmp_path / ("raw" if archived else "audited") / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    root = tmp_path / "audited"
    root.mkdir(exist_ok=True)
    picture = "园林局/附件4.jpg"
    if archived:
        with zipfile.ZipFile(root / "园林局.zip", "w") as archive:
            for name in files:
                archive.write(tmp_path / "raw" / name, name)
            archive.writestr(picture, b"\xff\xd8")
    else:
        (root / picture).write_bytes(b"\xff\xd8")

    def missing() -> list[str]:
        (submission,) = submissions(root)
        task = next(task for task in tasks_of(submission, Settings()) if "自评报告" in task.member.name)
        return [found.text for found in inspect(task).findings if found.rule == "attachment-missing"]

    assert missing() == []
    if not archived:
        (root / picture).unlink()
        assert missing() == ["4.满意度调查问卷"]
