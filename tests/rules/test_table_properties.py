"""Properties of all tables: what is right raises no alarm, what is wrong is found, order does not matter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tables import alarms, check, said, verdicts

Amounts = list[int]
Rows = list[tuple[str, Amounts]]
NAMES = "甲乙丙丁戊己庚辛壬癸"
TITLES = ("年初预算数", "调整预算数", "决算数", "财政拨款数")
CENTS = st.integers(100, 9_999_999)


def written(cents: int) -> str:
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def line(label: str, amounts: Sequence[int]) -> str:
    return "|".join([label, *map(written, amounts)])


def added(rows: Sequence[Amounts]) -> Amounts:
    return [sum(column) for column in zip(*rows, strict=True)]


def details(width: int, least: int = 2, most: int = 5) -> st.SearchStrategy[list[Amounts]]:
    return st.lists(st.lists(CENTS, min_size=width, max_size=width), min_size=least, max_size=most)


# --- layouts ------------------------------------------------------------------------------


def flat(rows: list[Amounts], above: bool = False) -> list[str]:
    parts = [line(f"{name}项目", amounts) for name, amounts in zip(NAMES, rows, strict=False)]
    total = line("合计", added(rows))
    return [total, *parts] if above else [*parts, total]


def numbered(groups: list[list[Amounts]]) -> list[str]:
    lines: list[str] = []
    for number, rows in zip("一二三四", groups, strict=False):
        lines.append(line(f"{number}、{NAMES[len(lines) % 10]}支出", added(rows)))
        lines += [line(f"{place}.{NAMES[place]}项目", amounts) for place, amounts in enumerate(rows, 1)]
    return [*lines, line("合计", added([row for rows in groups for row in rows]))]


def indented(groups: list[list[Amounts]]) -> list[str]:
    lines: list[str] = []
    for name, rows in zip(NAMES, groups, strict=False):
        lines.append(line(f"{name}类支出", added(rows)))
        lines += [line(f"　{NAMES[place]}项目", amounts) for place, amounts in enumerate(rows)]
    return [*lines, line("合计", added([row for rows in groups for row in rows]))]


def subtotals(groups: list[list[Amounts]]) -> list[str]:
    lines: list[str] = []
    for rows in groups:
        lines += [line(f"{NAMES[place]}项目", amounts) for place, amounts in enumerate(rows)]
        lines.append(line("小计", added(rows)))
    return [*lines, line("合计", added([row for rows in groups for row in rows]))]


def ranked(groups: list[list[Amounts]]) -> list[str]:
    """小计, 合计 and 总计."""
    lines = subtotals(groups)
    total, carried = added([row for rows in groups for row in rows]), groups[0][0]
    return [*lines, line("上年结转", carried), line("总计", added([total, carried]))]


def merged(groups: list[list[Amounts]]) -> list[str]:
    lines: list[str] = []
    for name, rows in zip(NAMES, groups, strict=False):
        labels = [f"{name}类", *["^"] * len(rows)]
        parts = [line(f"{NAMES[place]}项目", amounts) for place, amounts in enumerate(rows)]
        lines += [f"{label}|{part}" for label, part in zip(labels, [*parts, line("小计", added(rows))], strict=True)]
    return [*lines, line("合计|<", added([row for rows in groups for row in rows]))]


def coded(groups: list[list[Amounts]]) -> list[str]:
    lines = [line("|合计", added([row for rows in groups for row in rows]))]
    for code, name, rows in zip(("201", "205", "210"), NAMES, groups, strict=False):
        lines += [line(f"{code}|{name}支出", added(rows)), line(f"{code}02|{name}事务", added(rows))]
        lines += [line(f"{code}02{place:02d}|{NAMES[place]}项目", row) for place, row in enumerate(rows, 1)]
    return lines


LAYOUTS = {
    numbered: "项目",
    indented: "项目",
    subtotals: "项目",
    ranked: "项目",
    merged: "类别|项目",
    coded: "科目编码|科目名称",
}


@st.composite
def tables(draw: st.DrawFn) -> list[str]:
    """A right table in one of the layouts, with two to four columns of amounts."""
    width = draw(st.integers(2, 4))
    layout = draw(st.sampled_from([None, *LAYOUTS]))
    titles = "|".join(TITLES[:width])
    if layout is None:
        return [f"项目|{titles}", *flat(draw(details(width)), draw(st.booleans()))]
    groups = draw(st.lists(details(width, most=4), min_size=2, max_size=3))
    return [f"{LAYOUTS[layout]}|{titles}", *layout(groups)]


# --- properties ---------------------------------------------------------------------------


@given(tables())
@settings(max_examples=60)
def test_a_right_table_raises_no_alarm(rows: list[str]) -> None:
    assert alarms(check(rows)) == []


@given(details(2), st.booleans())
@settings(max_examples=25)
def test_right_rates_and_shares_raise_no_alarm(rows: list[Amounts], share: bool) -> None:
    base = added(rows)
    lines = ["项目|预算数|决算数|" + ("占比" if share else "执行率")]
    for name, (budget, spent) in zip([*NAMES[: len(rows)], "合计"], [*rows, base], strict=True):
        rate = Fraction(spent, base[1] if share else budget)
        lines.append(f"{line(name, (budget, spent))}|{written(round(rate * 10_000))}%")
    assert alarms(check(lines)) == []


@given(details(2))
@settings(max_examples=25)
def test_right_growth_and_differences_raise_no_alarm(rows: list[Amounts]) -> None:
    lines = ["项目|上年决算数|本年决算数|增减额|增减%"]
    for name, (before, now) in zip([*NAMES[: len(rows)], "合计"], [*rows, added(rows)], strict=True):
        growth = written(round(Fraction(now - before, before) * 10_000))
        lines.append(f"{line(name, (before, now, now - before))}|{growth}")
    assert alarms(check(lines)) == []


@given(details(4))
@settings(max_examples=25)
def test_right_totals_along_and_down_raise_no_alarm(rows: list[Amounts]) -> None:
    lines = ["单位|三公经费|<|<|<|<", "^|合计|出国费|公务用车|<|接待费", "^|^|^|购置|运行|^"]
    named = zip([*NAMES[: len(rows)], "合计"], [*rows, added(rows)], strict=True)
    report = check([*lines, *(line(name, [sum(row), *row]) for name, row in named)])
    assert alarms(report) == []
    along = [
        v for v in report.verdicts if len({f.quantity.span.block.split("c")[0] for f in v.claim.operands["parts"]}) == 1
    ]
    assert len(along) >= len(rows) + 1


@given(st.lists(CENTS, min_size=2, max_size=4), st.lists(CENTS, min_size=2, max_size=4), CENTS)
@settings(max_examples=25)
def test_a_right_table_of_two_sides_raises_no_alarm(income: Amounts, spending: Amounts, left: int) -> None:
    carried = max(0, sum(spending) - sum(income)) + left
    grand = sum(income) + carried
    sides = []
    for name, amounts, rest in (("收入", income, carried), ("支出", spending, grand - sum(spending))):
        rows = [
            f"{number}、{NAMES[place]}{name}|{written(amount)}"
            for place, (number, amount) in enumerate(zip("一二三四", amounts, strict=False))
        ]
        rows += ["|"] * (4 - len(amounts))
        sides.append(
            [*rows, f"本年{name}合计|{written(sum(amounts))}", f"{name}结转|{written(rest)}", f"总计|{written(grand)}"]
        )
    rows = [f"{one}|{other}" for one, other in zip(*sides, strict=True) if (one, other) != ("|", "|")]
    report = check(["收入|<|支出|<", "项目|决算数|项目|决算数", *rows])
    assert alarms(report) == []
    assert len(verdicts(report, "balance-mismatch")) == 1


@given(st.lists(st.integers(2, 20), min_size=3, max_size=6), st.data())
@settings(max_examples=25)
def test_a_right_score_sheet_raises_no_alarm(weights: list[int], data: st.DataObject) -> None:
    scores = [data.draw(st.integers(0, 2 * weight)) for weight in weights]
    rows = [f"{name}指标|{w}|{s / 2:g}" for name, w, s in zip(NAMES, weights, scores, strict=False)]
    total = f"总分|{sum(weights)}|{sum(scores) / 2:g}"
    assert alarms(check(["指标|分值|得分", *rows, total], unit="")) == []


@given(details(3, least=3), st.data())
@settings(max_examples=40)
def test_a_changed_part_is_found_where_other_columns_bear_the_total_out(
    rows: list[Amounts], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(rows) - 1))
    column = data.draw(st.integers(0, 2))
    off = data.draw(st.integers(50, 5_000)) * data.draw(st.sampled_from([-1, 1]))
    header, *lines = ["|".join(["项目", *TITLES[:3]]), *flat(rows)]
    fields = lines[place].split("|")
    fields[column + 1] = written(rows[place][column] + off)
    lines[place] = "|".join(fields)
    report = check([header, *lines])
    stated = written(added(rows)[column])
    assert f"error total-mismatch {stated} at r{len(rows) + 2}c{column + 2}" in alarms(report)


@given(details(3, least=3), st.randoms(use_true_random=False), st.booleans())
@settings(max_examples=30)
def test_the_order_of_the_rows_of_a_list_does_not_matter(rows: list[Amounts], random: object, wrong: bool) -> None:
    *parts, total = flat(rows)
    if wrong:
        total = line("合计", [amount + 77 for amount in added(rows)[:1]] + added(rows)[1:])
    shuffled = list(parts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    header = "|".join(["项目", *TITLES[:3]])

    def outcomes(lines: list[str]) -> Counter[tuple[str, str]]:
        report = check([header, *lines, total])
        fields = set(total.split("|"))
        return Counter(
            (v.claim.stated.quantity.text, v.outcome)
            for v in report.verdicts
            if v.claim.stated.quantity.text in fields and len(v.claim.operands["parts"]) == len(parts)
        )

    assume(not set(total.split("|")) & {field for part in parts for field in part.split("|")})
    assert outcomes(parts) == outcomes(shuffled)
    assert sum(outcomes(parts).values()) == 3


@given(tables())
@settings(max_examples=20)
def test_the_same_table_gives_the_same_verdicts(rows: list[str]) -> None:
    one, other = check(rows), check([*rows], caption="支出情况表")
    assert verdicts(one) == sorted(map(said, other.verdicts))
