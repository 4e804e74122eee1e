"""The harness plants what it says it plants, and tells found from missed. How much is found is no test."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest
from msgspec.structs import replace

from pdf_files import make
from reportcheck.checker import check_document
from reportcheck.model import Block, Document, Span, Table

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

import accuracy  # noqa: E402
import accuracy_tables  # noqa: E402
import accuracy_whole  # noqa: E402
import audit  # noqa: E402
import copies  # noqa: E402
import corpus  # noqa: E402
import edits  # noqa: E402
import forms  # noqa: E402
import known  # noqa: E402
import marked  # noqa: E402
import outcomes  # noqa: E402
import slip  # noqa: E402
import slips  # noqa: E402
import speed  # noqa: E402
import texts  # noqa: E402
import whole_edit  # noqa: E402
import whole_edits  # noqa: E402


def grid(rows: str, name: str = "t1") -> Table:
    """A table of one line a row, cells parted by blanks; ``-`` is a blank cell, ``^`` joins the cell above."""
    cells: list[tuple[Block, ...]] = []
    for r, line in enumerate(rows.split("\n"), 1):
        blocks = [Block(f"{name}.r{r}c{c}", word.strip("-"), "cell") for c, word in enumerate(line.split(), 1)]
        cells.append(tuple(cells[-1][c] if block.text == "^" else block for c, block in enumerate(blocks)))
    return Table(name, tuple(cells), caption="自评表")


def holding(*tables: Table, prose: tuple[Block, ...] = ()) -> Document:
    cells = {cell.id: cell for table in tables for row in table.cells for cell in row if cell}
    return Document("made", "docx", (*prose, *cells.values()), tables)


CLEAN = Document(
    "made",
    "txt",
    (
        Block("p1", "信访救助资金预算60万元，支出52.05万元，执行率为86.75%。"),
        Block("p2", "全年支出合计150.00万元，由人员经费100.00万元、公用经费30.50万元、项目支出19.50万元组成。"),
    ),
)
REPORT = check_document(CLEAN)
FORM = holding(
    grid(
        """指标 年度指标值 实际完成值 分值 得分
巡查次数 ≥12次 15次 20 20.00
演练场次 ≥3场 3场 30 30.00
设备在线率 ≥95% 96.8% 20 20.00
处置时间 ≤30分钟 28分钟 20 20.00
管护机制 健全 基本健全 10 8.50
合计 - - 100 98.50"""
    )
)
FORM_REPORT = check_document(FORM)


def planted(seed: int = 1, limit: int = 50) -> list[slip.Slip]:
    return slips.plant([(CLEAN, REPORT)], seed, limit)[0]


def in_form(seed: int = 1, limit: int = 50) -> list[slip.Slip]:
    return slips.plant([(FORM, FORM_REPORT)], seed, limit)[0]


def test_the_text_is_right() -> None:
    assert [verdict.outcome for verdict in REPORT.verdicts] == ["consistent", "consistent"]
    assert REPORT.findings == ()
    assert {verdict.outcome for verdict in FORM_REPORT.verdicts} == {"consistent"}
    assert FORM_REPORT.findings == ()


def test_the_same_seed_plants_the_same() -> None:
    assert planted(1) == planted(1)
    assert planted(1) != planted(2)


def test_a_slip_changes_its_figure_and_nothing_else() -> None:
    for clean, drawn in [(CLEAN, planted()), (FORM, in_form())]:
        for one in drawn:
            after = slip.changed(clean, one)
            old = next(block for block in clean.blocks if block.id == one.edit.block).text
            new = next(block for block in after.blocks if block.id == one.edit.block).text
            assert new == old[: one.edit.start] + one.text + old[one.edit.end :]
            assert new != old
            untouched = [block for block in after.blocks if block.id != one.edit.block]
            assert untouched == [block for block in clean.blocks if block.id != one.edit.block]
            marked_text = next(block.text for block in after.blocks if block.id == one.mark.block)
            wrong = marked_text[one.mark.start : one.mark.end]
            assert wrong == (one.after if one.after or one.kind == "blank" else "150.00万元")


def test_every_kind_is_planted_where_it_can_be() -> None:
    kinds = {(one.place, one.target, one.kind) for one in planted()}
    every = {("prose", target, kind) for target in slip.TARGETS for kind in slips.KINDS["prose"]}
    assert kinds == every - {("prose", "any", "part")}
    kinds = {(one.place, one.target, one.kind) for one in in_form()}
    every = {("cell", target, kind) for target in slip.TARGETS for kind in slips.KINDS["cell"]}
    assert kinds == every - {("cell", "any", "part")} | {("cell", "form", kind) for kind in forms.FORM_EDITS}


def test_slips_of_a_form() -> None:
    drawn = [one for one in in_form() if one.target == "form"]
    written = {kind: {(s.edit.block, s.after) for s in drawn if s.kind == kind} for kind in forms.FORM_EDITS}
    scores = {"t1.r2c5": 20, "t1.r3c5": 30, "t1.r4c5": 20, "t1.r5c5": 20, "t1.r6c5": 10}
    assert {block for block, _ in written["over-weight"]} == set(scores)
    assert all(text in {f"{scores[block] + n}.00" for n in (1, 2, 3)} for block, text in written["over-weight"])
    assert written["blank"] == {(block, "") for block in scores}
    assert written["unmet"] == {("t1.r2c3", "11次"), ("t1.r3c3", "2场"), ("t1.r4c3", "85.5%"), ("t1.r5c3", "33分钟")}


def test_slips_of_a_form_are_told_by_their_own_rule() -> None:
    known_alarms: frozenset[str] = frozenset()
    for kind in forms.FORM_EDITS:
        one = next(one for one in in_form() if one.kind == kind)
        found = outcomes.outcome(one, FORM, known_alarms, None)
        assert (found.found, found.exactly, found.reason, found.elsewhere) == (True, True, "", 0)


@pytest.mark.parametrize(
    ("kind", "number", "possible"),
    [
        ("transposed", "86.75", {"68.75", "87.65", "86.57"}),
        ("transposed", "100", set()),
        ("transposed", "0.50", {"0.05", "5.00"}),
        ("point", "52.05", {"520.5", "5.205"}),
        ("point", "1,234.5", {"12,345", "123.45"}),
        ("point", "0.88", {"8.8"}),
        ("point", "60", set()),
    ],
)
def test_edits(kind: str, number: str, possible: set[str]) -> None:
    assert {edits.EDITS[kind](number, Random(seed)) for seed in range(40)} - {None} == possible


def test_a_digit_is_changed_and_the_first_stays_no_zero() -> None:
    written = {edits.EDITS["digit"]("20", Random(seed)) for seed in range(400)}
    assert written == {f"{digit}0" for digit in "13456789"} | {f"2{digit}" for digit in "123456789"}


def test_a_cell_changes_in_its_table_too() -> None:
    one = replace(planted()[0], edit=Span("t1.r1c1", 0, 1), text="9")
    after = slip.changed(holding(grid("60\n^")), one)
    assert [block.text for block in after.blocks] == ["90"]
    assert after.tables[0].cells == ((after.blocks[0],), (after.blocks[0],))


def test_the_blocks_around_a_slip_and_its_whole_table() -> None:
    prose = tuple(Block(f"p{number}", "一句话。") for number in range(4))
    document = holding(grid("甲 1\n乙 2"), grid("丙 3", "t2"), prose=prose)
    one = replace(planted()[0], edit=Span("t1.r1c1", 0, 1), mark=Span("t1.r1c1", 0, 1))
    near = outcomes._around(document, one, 1)
    assert [block.id for block in near.blocks] == ["p3", "t1.r1c1", "t1.r1c2", "t1.r2c1", "t1.r2c2"]
    assert near.tables == document.tables[:1]


def test_found_and_missed_are_told_apart() -> None:
    rate = replace(planted()[0], edit=Span("p1", 27, 33), text="86.57%", mark=Span("p1", 27, 33))
    assert CLEAN.blocks[0].text[27:33] == "86.75%"
    found = outcomes.outcome(rate, CLEAN, frozenset(), None)
    assert (found.found, found.exactly, found.reason, found.elsewhere) == (True, True, "", 0)
    same = outcomes.outcome(replace(rate, text="86.75%"), CLEAN, frozenset(), None)
    assert (same.found, same.exactly, same.elsewhere) == (False, False, 0)


def test_a_measurement_is_the_same_with_and_without_workers() -> None:
    alone = accuracy.measure([CLEAN], 7, 3, None, 1)
    assert alone == accuracy.measure([CLEAN], 7, 3, None, 2)
    assert [row["name"] for row in alone["texts"]] == ["made"]
    parts = {f"{t}-{p}-{what}" for t in slip.TARGETS for p in slip.PLACES for what in ("kinds", "roles", "misses")}
    shown = accuracy_tables.tables(alone)
    assert set(shown) == parts | {"conditions", "texts", "alarms", "form-kinds", "form-misses"}
    assert shown["alarms"] == "None."


def test_alarms_are_listed_with_their_cell() -> None:
    wrong = slip.changed(FORM, next(one for one in in_form() if one.kind == "over-weight"))
    (row, *_) = accuracy.measure([wrong], 1, 0, None, 1)["texts"]
    assert row["errors"] + row["warnings"] == len(row["alarms"]) == 1
    assert (row["figures"], row["cell_figures"]) == (0, len({fact.quantity.span for fact in FORM_REPORT.facts}))
    assert {alarm.partition(":")[0].partition(" ")[0] for alarm in row["alarms"]} == {"score-mismatch"}
    assert all(" t1.r" in alarm.partition(":")[0] for alarm in row["alarms"])


DEFECT = {"kind": "total-mismatch", "place": "table", "table": "自评表", "column": 3, "also": ["5.00"]}


@pytest.mark.parametrize(
    ("rows", "row", "stated", "place"),
    [
        ("甲 乙 5.00\n甲 丙 6.00", "甲|丙|6.00", "6.00", [Span("t1.r2c3", 0, 4)]),
        ("甲 乙 5.00\n^ 丙 6.00", "丙|6.00", "6.00", [Span("t1.r2c3", 0, 4)]),
        ("甲 丙 6.00 -", "甲||丙|6.00", "6.00", [Span("t1.r1c3", 0, 4)]),
        ("甲 - 丙 - 6.00", "甲|丙|6.00", "6.00", [Span("t1.r1c5", 0, 4)]),
        ("甲 丙 -", "甲|丙|", "", [Span("t1.r1c3", 0, 0)]),
        ("甲 丙 6.00", "甲|丁|6.00", "6.00", []),
    ],
)
def test_a_defective_cell_is_looked_for_in_its_row(rows: str, row: str, stated: str, place: list[Span]) -> None:
    defect = {**DEFECT, "row": row, "stated": stated, "anchor": stated}
    assert list(known._in_cells(holding(grid(rows)), defect)) == place


def test_a_defective_cell_is_looked_for_in_its_table_first() -> None:
    defect = {**DEFECT, "row": "甲|丙|6.00", "stated": "6.00", "anchor": "6.00"}
    other = replace(grid("甲 丙 6.00", "t2"), caption="另一表")
    assert list(known._in_cells(holding(other, grid("甲 丙 6.00")), defect)) == [Span("t1.r1c3", 0, 4)]


def test_what_is_missed_is_told_by_format() -> None:
    row = {"report": "a", "kind": "cell-blank", "place": "table", "later": False}
    rows: list[dict[str, Any]] = [
        {**row, "id": "one", "rules": {"docx": ["cell-blank"], "txt": []}},
        {**row, "id": "two", "rules": {"docx": [], "txt": []}},
        {**row, "id": "three", "rules": {"docx": ["blank-left"]}, "place": "text", "later": True},
    ]
    assert known.missed(rows) == "- a/one (cell-blank): in txt\n- a/two (cell-blank): in every format"
    assert known.as_table(rows).splitlines()[2:] == [
        "| cell-blank | 3 | 2 | 1 | 1 | 2 / 3 | – | – | 0 / 2 |",
        "| all | 3 | 2 | 1 | 1 | 2 / 3 | – | – | 0 / 2 |",
    ]


def test_pages_name_only_what_is_measured(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# A\n<!-- measured: one -->\nold\n<!-- end -->\nrest\n", encoding="utf-8")
    marked.renew(page, {"one": marked.table(["a", "b"], [["x", "1"]]), "two": ""})
    assert page.read_text(encoding="utf-8") == (
        "# A\n<!-- measured: one -->\n\n| a | b |\n| --- | ---: |\n| x | 1 |\n\n<!-- end -->\nrest\n"
    )
    page.write_text("<!-- measured: other -->\n<!-- end -->\n", encoding="utf-8")
    with pytest.raises(KeyError):
        marked.renew(page, {"one": ""})


def test_the_page_shows_all_that_is_measured() -> None:
    measured = {
        **accuracy.measure([CLEAN], 7, 1, None, 1),
        "formats": [{"name": "made", "ending": "docx", "alarms": ["unit-slip: 元"]}],
        "known": [],
        "whole": [],
        "whole_clean": [],
    }
    shown = accuracy_tables.tables(measured)
    page = (BENCHMARKS.parent / "docs" / "accuracy.md").read_text(encoding="utf-8")
    assert set(re.findall(r"<!-- measured: ([a-z-]+) -->", page)) == set(shown)
    assert shown["formats"].splitlines()[2:] == ["| made | 1 | – | – | – |", "| all | 1 | 0 | 0 | 0 |"]
    assert shown["alarms"] == "- made (docx): unit-slip: 元"


WHOLE = whole_edit.Clean(
    holding(
        grid("项目 2020年决算数 2021年决算数\n培训支出 8.00 152.05"),
        prose=tuple(
            Block(f"p{number}", text, "title" if number == 0 else "paragraph")
            for number, text in enumerate(
                (
                    "丁山县档案局2021年度部门整体支出绩效自评报告",
                    "一、部门概况",
                    "丁山县档案局有干部12人，2021年3月31日搬入新址。",
                    "二、支出情况",
                    "2021年培训支出152.05万元，预算执行率86.75%；接待费由3.2万元减少到2.1万元。得分见附件1。",
                    "附件：1.绩效评价得分表",
                    "附件1",
                    "2022年3月",
                )
            )
        ),
    ),
    "丁山县档案局",
    2021,
)


def whole(kind: str) -> set[tuple[str, str, str, str]]:
    """The edits of a kind: variant, place, what stands there, what is written instead."""
    held = {block.id: block.text for block in WHOLE.document.blocks}
    edits = list(whole_edits.EDITORS[kind](WHOLE, Random(1)))
    assert all(edit.kind == kind and edit.marks for edit in edits)
    spans = [(edit, edit.edit) for edit in edits]
    return {(edit.variant, span.block, held[span.block][span.start : span.end], edit.text) for edit, span in spans}


def test_edits_over_a_whole_report() -> None:
    assert whole("numbering") == {("doubled", "p3", "二", "一")}
    assert {entry[:3] for entry in whole("restated")} == {
        ("in the text, said in a cell", "p4", "152.05"),
        ("in a cell, said in the text", "t1.r2c3", "152.05"),
    }
    assert {entry[:3] for entry in whole("references")} == {("attachment", "p5", ""), ("number", "p4", "1")}
    assert {entry[:3] for entry in whole("year")} == {("sentence", "p4", "2021"), ("column", "t1.r1c3", "2021")}
    assert whole("place") == {("body", "p2", "丁山", "云垭")}
    assert whole("dates") == {("impossible", "p2", "3", "13"), ("too early", "p7", "2022", "2021")}
    assert whole("words") == {
        ("added", "p4", "", "，资金已全部使用完毕"),
        ("course", "p4", "减少", "增加"),
    }


def test_an_attachment_is_cut_out_whole() -> None:
    edit = next(edit for edit in whole_edits.references(WHOLE, Random(1)) if edit.variant == "attachment")
    after = accuracy_whole.applied(WHOLE.document, edit)
    assert [block.id for block in after.blocks] == ["p0", "p1", "p2", "p3", "p4", "p5"]
    assert after.tables == ()


def test_edits_are_told_by_their_rules() -> None:
    assert accuracy_whole.drawn([WHOLE], 1, 1) == accuracy_whole.drawn([WHOLE], 1, 1)
    for kind, rule in [("place", "foreign-unit"), ("words", "claim-contradicted")]:
        edits = whole_edits.EDITORS[kind](WHOLE, Random(1))
        assert {rule for edit in edits for rule in accuracy_whole.outcome(WHOLE.document, edit)["rules"]} == {rule}
    cut = next(edit for edit in whole_edits.references(WHOLE, Random(1)) if edit.cut)
    assert set(json.loads(json.dumps(accuracy_whole.outcome(WHOLE.document, cut)))) == {
        "document", "kind", "variant", "edit", "text", "marks", "rules", "elsewhere",
    }  # fmt: skip


def test_whole_edits_are_counted() -> None:
    rows: list[dict[str, Any]] = [
        {"kind": "year", "variant": "line", "rules": ["stale-year", "foreign-unit"]},
        {"kind": "year", "variant": "end", "rules": []},
    ]
    findings = [{"name": "made", "ending": "txt", "rule": "stale-year", "message": "2020"}]
    shown = accuracy_whole.tables(rows, findings)
    assert [line for line in shown["whole"].splitlines()[2:] if "| 0 | 0 |" not in line] == [
        "| year of the report | 2 | 1 | 50 % | 1 |",
        "| – end | 1 | 0 | 0 % | 1 |",
        "| – line | 1 | 1 | 100 % | 0 |",
        "| all | 2 | 1 | 50 % | 1 |",
    ]
    assert "| year of the report | stale-year 1 |" in shown["whole-rules"].splitlines()
    assert shown["whole-clean"] == "- made (txt): stale-year: 2020"


def test_ratios_are_to_the_yardstick() -> None:
    runs = {"nothing": speed.Run(0.02, 10.0), "much": speed.Run(0.5, 90.4)}
    assert speed.rows(runs, "nothing").splitlines()[2:] == [
        "| nothing | 20 ms | 1.0 | 10 MiB |",
        "| much | 500 ms | 25.0 | 90 MiB |",
    ]


def test_a_process_that_fails_is_not_measured() -> None:
    with pytest.raises(SystemExit):
        speed.run([sys.executable, "-c", "raise SystemExit(2)"])


def test_the_ratios_are_measured_on_files_of_ones_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text, pdf = tmp_path / "own.txt", tmp_path / "own.pdf"
    text.write_text("信访救助资金预算60万元，支出52.05万元，执行率为86.75%。", encoding="utf-8")
    pdf.write_bytes(make(lambda sheet: sheet.line("机关运行经费支出38.20万元，全年支出合计60.00万元。")))
    assert speed.main(["--runs", "1", str(text), str(pdf)]) == 0
    printed = [line.split(" | ")[0] for line in capsys.readouterr().out.splitlines() if line.startswith("| ")]
    assert printed == [
        "| process",
        "| ---",
        "| python -c pass",
        "| reportcheck --version",
        "| reportcheck check own.txt (0.1 kB)",
        "| process",
        "| ---",
        "| pdfplumber: text and tables of every page",
        f"| reportcheck check own.pdf ({pdf.stat().st_size / 1000:.1f} kB)",
    ]


@pytest.fixture(scope="module")
def twins() -> dict[str, list[Document]]:
    return {ending: texts.clean_samples(ending) for ending in texts.ENDINGS}


@pytest.mark.slow
def test_the_clean_twins_are_made_in_every_format(twins: dict[str, list[Document]]) -> None:
    assert {ending: {document.kind for document in documents} for ending, documents in twins.items()} == {
        ending: {ending} for ending in texts.ENDINGS
    }
    names = {ending: {document.path for document in documents} for ending, documents in twins.items()}
    assert names["docx"] == names["txt"] > names["xlsx"]
    assert names["docx"] > names["pdf"]
    assert all(document.tables for document in twins["xlsx"])
    mended = next(document for document in twins["docx"] if document.path == "county-petition-bureau-2019")
    assert not any("4.94" in block.text for block in mended.blocks)
    assert any("5.04" in block.text for block in mended.blocks)


@pytest.mark.slow
def test_the_clean_samples_can_be_measured(
    twins: dict[str, list[Document]], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three of them, to be quick: with full attachments, with tables and without."""
    names = ("county-petition-bureau-2019", "project-old-communities-2021", "township-government-2021")
    few = {ending: [one for one in documents if one.path in names] for ending, documents in twins.items()}
    monkeypatch.setattr(texts, "clean_samples", lambda ending="docx": few[ending])
    assert accuracy.main(["--limit", "1", "--fast", "1", "--workers", "1"]) == 0
    printed = capsys.readouterr().out
    assert [printed.count(f"\n| all | {number} |") for number in (7, 5, 4, 3)] == [1, 2, 4, 3]


# --- copies -----------------------------------------------------------------------------------


def test_near_duplicates_are_measured_against_exact_likeness() -> None:
    found = copies.measure("rensa", 600)
    assert found["paragraphs"] == 600
    assert found["recall"] == 1
    assert copies.likeness(copies.pieces("完成农村道路改造"), copies.pieces("完成农村道路改造")) == 1


def test_a_corpus_is_audited_and_judged(tmp_path: Path) -> None:
    folder, ledger = tmp_path / "corpus", tmp_path / "corpus.sqlite"
    made = corpus.make(folder, 8, 2, workers=1)
    assert len(list(folder.iterdir())) == 8
    assert [one.rule for one in made.planted] == ["passage-copied"]
    assert audit.audited(folder, ledger, 1).seconds > 0
    rows = audit.judged(ledger, corpus.write_told(folder, made)).splitlines()[2:]
    assert rows == ["| passage-copied | 1 | 1 | 0 |", "| files that cannot be read | 2 | 2 | 0 |"]
    assert audit.plain_loop(folder) == 7
    assert "**" not in audit.ledger_size(ledger)


def test_a_corpus_is_the_same_each_time() -> None:
    made = corpus.planned(200, 20, seed=3)
    assert corpus.planned(200, 20, seed=3) == made
    assert corpus.planned(200, 20, seed=4) != made
    assert len({item.submission for item in made.items} | {one.name for one in made.broken}) == 200
    concerned = [name for one in made.planted for name in one.submissions]
    assert len(concerned) == len(set(concerned))
    assert set(concerned) <= {item.submission for item in made.items}
