"""The harness plants what it says it plants, and tells found from missed. How much is found is no test."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from reportcheck.checker import check_document
from reportcheck.model import Block, Document, Span, Table

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

import accuracy  # noqa: E402
import marked  # noqa: E402
import slips  # noqa: E402
import speed  # noqa: E402

CLEAN = Document(
    "made",
    "txt",
    (
        Block("p1", "信访救助资金预算60万元，支出52.05万元，执行率为86.75%。"),
        Block("p2", "全年支出合计150.00万元，由人员经费100.00万元、公用经费30.50万元、项目支出19.50万元组成。"),
    ),
)
REPORT = check_document(CLEAN)


def planted(seed: int = 1, limit: int = 50) -> list[slips.Slip]:
    return slips.plant([(CLEAN, REPORT)], seed, limit)[0]


def test_the_text_is_right() -> None:
    assert [verdict.outcome for verdict in REPORT.verdicts] == ["consistent", "consistent"]
    assert REPORT.findings == ()


def test_the_same_seed_plants_the_same() -> None:
    assert planted(1) == planted(1)
    assert planted(1) != planted(2)


def test_a_slip_changes_its_figure_and_nothing_else() -> None:
    for slip in planted():
        before, after = (block for block in CLEAN.blocks if block.id == slip.edit.block), slips.changed(CLEAN, slip)
        old = next(before).text
        new = next(block.text for block in after.blocks if block.id == slip.edit.block)
        assert new == old[: slip.edit.start] + slip.text + old[slip.edit.end :]
        assert new != old
        untouched = [block for block in after.blocks if block.id != slip.edit.block]
        assert untouched == [block for block in CLEAN.blocks if block.id != slip.edit.block]
        marked_text = next(block.text for block in after.blocks if block.id == slip.mark.block)
        wrong = marked_text[slip.mark.start : slip.mark.end]
        assert wrong == (slip.after or "150.00万元")


def test_every_kind_is_planted_where_it_can_be() -> None:
    kinds = {(slip.target, slip.kind) for slip in planted()}
    assert kinds == {(target, kind) for target in slips.TARGETS for kind in slips.KINDS} - {("any", "part")}


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
def test_edits(kind: slips.Kind, number: str, possible: set[str]) -> None:
    assert {slips._EDITS[kind](number, Random(seed)) for seed in range(40)} - {None} == possible


def test_a_digit_is_changed_and_the_first_stays_no_zero() -> None:
    written = {slips._EDITS["digit"]("20", Random(seed)) for seed in range(400)}
    assert written == {f"{digit}0" for digit in "13456789"} | {f"2{digit}" for digit in "123456789"}


def test_a_cell_changes_in_its_table_too() -> None:
    cell = Block("t1.r1c1", "60", "cell")
    table = Document("made", "txt", (cell,), (_grid(cell),))
    slip = replace(planted()[0], edit=Span(cell.id, 0, 1), text="9")
    after = slips.changed(table, slip)
    assert [block.text for block in after.blocks] == ["90"]
    assert after.tables[0].cells[0][0] == after.blocks[0]


def _grid(cell: Block) -> Table:
    return Table("t1", ((cell, None),))


def test_found_and_missed_are_told_apart() -> None:
    rate = replace(planted()[0], edit=Span("p1", 27, 33), text="86.57%", mark=Span("p1", 27, 33))
    assert CLEAN.blocks[0].text[27:33] == "86.75%"
    found = accuracy.outcome(rate, CLEAN, frozenset(), None)
    assert (found.found, found.exactly, found.reason, found.elsewhere) == (True, True, "", 0)
    same = accuracy.outcome(replace(rate, text="86.75%"), CLEAN, frozenset(), None)
    assert (same.found, same.exactly, same.elsewhere) == (False, False, 0)


def test_a_measurement_is_the_same_with_and_without_workers() -> None:
    alone = accuracy.measure([CLEAN], 7, 3, None, 1)
    assert alone == accuracy.measure([CLEAN], 7, 3, None, 2)
    assert [row["name"] for row in alone["texts"]] == ["made"]
    assert set(accuracy.tables(alone)) == {
        "conditions", "texts", "alarms", "checkable-kinds", "checkable-roles", "checkable-misses",
        "any-kinds", "any-roles", "any-misses",
    }  # fmt: skip


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


def test_ratios_are_to_the_yardstick() -> None:
    runs = {"nothing": speed.Run(0.02, 10.0), "much": speed.Run(0.5, 90.4)}
    assert speed.rows(runs, "nothing").splitlines()[2:] == [
        "| nothing | 20 ms | 1.0 | 10 MiB |",
        "| much | 500 ms | 25.0 | 90 MiB |",
    ]


def test_a_process_that_fails_is_not_measured() -> None:
    with pytest.raises(SystemExit):
        speed.run([sys.executable, "-c", "raise SystemExit(2)"])


@pytest.mark.slow
def test_the_clean_samples_can_be_measured(capsys: pytest.CaptureFixture[str]) -> None:
    assert accuracy.main(["--limit", "1", "--fast", "1", "--workers", "1"]) == 0
    printed = capsys.readouterr().out
    assert "| all | 5 |" in printed
    assert "\n| all | 4 |" in printed
