"""A header cell over two columns with nothing below it, beside a total, was looked into without end."""

from __future__ import annotations

from pathlib import Path

from reportcheck.checker import check_document
from reportcheck.read import read_data

PAGE = """<meta charset="utf-8"><table>
<tr><th>项目</th><th colspan=2>资金（万元）</th><th>合计（万元）</th></tr>
<tr><td>甲</td><td>10.5</td><td>20.1</td><td>30.6</td></tr>
<tr><td>乙</td><td>11.5</td><td>22.2</td><td>33.7</td></tr>
<tr><td>丙</td><td>12.5</td><td>24.3</td><td>39.8</td></tr>
</table>"""


def test_a_total_beside_it_adds_up_both_columns() -> None:
    report = check_document(read_data(Path("a.html"), PAGE.encode()))
    assert [
        (v.claim.stated.quantity.text, v.outcome, [fact.quantity.text for fact in v.claim.operands["parts"]])
        for v in report.verdicts
    ] == [
        ("30.6", "consistent", ["10.5", "20.1"]),
        ("33.7", "consistent", ["11.5", "22.2"]),
        ("39.8", "inconsistent", ["12.5", "24.3"]),
    ]
