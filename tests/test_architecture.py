"""The laws of the house: layers, words in data, nothing heavy at import, rules that only propose."""

from __future__ import annotations

import ast
import io
import json
import re
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import reportcheck
from heavy import HEAVY
from reportcheck.catalog import patterns_directory

SOURCE = Path(reportcheck.__file__).parent
MODULES = sorted(path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py"))
IDEOGRAPH = re.compile("[\u4e00-\u9fff]")
LONGEST = 400

LAYERS: dict[str, int] = {
    "model": 0,
    "exact": 0,
    "interval": 0,
    "errors": 0,
    "defects": 0,
    "formula": 1,
    "catalog": 1,
    "overlay": 1,
    "precompiled": 1,
    "regexes": 1,
    "schemas": 1,
    "text": 1,
    "numerals": 1,
    "units": 2,
    "quantities": 2,
    "segment": 2,
    "outputs": 2,
    "read": 2,
    "extract": 3,
    "groups": 3,
    "relations": 4,
    "rules": 4,
    "assess": 4,
    "judge": 4,
    "standing": 4,
    "causes": 4,
    "near": 4,
    "repairs": 4,
    "blame": 4,
    "ledger": 5,
    "result": 5,
    "accepted": 5,
    "baseline": 5,
    "describe": 5,
    "find": 5,
    "checker": 5,
    "run": 5,
    "render": 6,
    "audit": 7,
    "cli": 8,
    "cli_options": 8,
    "cli_review": 8,
    "cli_output": 8,
    "cli_audit": 8,
    "cli_ledger": 8,
    "__init__": 8,
    "__main__": 8,
}


def tree(module: str) -> ast.Module:
    return ast.parse((SOURCE / module).read_text(encoding="utf-8"))


def top(module: str) -> str:
    """The part of the layer table that a module belongs to: rules/rates.py → rules."""
    return module.split("/")[0].removesuffix(".py")


def imported(module: str, nodes: Iterator[ast.AST] | list[ast.stmt]) -> Iterator[str]:
    """The modules of the package that statements import, as dotted names without the package."""
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "reportcheck":
            inner = node.module.split(".")[1:]
            for alias in node.names:
                path = "/".join([*inner, alias.name])
                if f"{path}.py" in MODULES or f"{path}/__init__.py" in MODULES:
                    yield path.replace("/", ".")
                else:
                    yield ".".join(inner) or "__init__"
        elif isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[2] for alias in node.names if alias.name.startswith("reportcheck."))


# --- layers -----------------------------------------------------------------------------------


def test_every_module_has_its_layer() -> None:
    assert {top(module) for module in MODULES} == set(LAYERS)


@pytest.mark.parametrize("module", MODULES)
def test_imports_only_go_down(module: str) -> None:
    upward = [
        name for name in imported(module, ast.walk(tree(module))) if LAYERS[name.split(".")[0]] > LAYERS[top(module)]
    ]
    # The version stands in the package itself.
    assert [name for name in upward if name != "__init__"] == []


def test_no_modules_import_each_other() -> None:
    graph = {}
    for module in MODULES:
        name = module.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        graph[name] = {other for other in imported(module, tree(module).body) if other != "__init__"} - {name}
    try:
        tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(f"modules that import each other: {error.args[1]}")


@pytest.mark.parametrize("module", [m for m in MODULES if LAYERS[top(m)] == 0])
def test_the_lowest_layer_uses_the_standard_library_and_values_of_msgspec_only(module: str) -> None:
    for node in ast.walk(tree(module)):
        names = [node.module] if isinstance(node, ast.ImportFrom) else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        for name in names:
            root = (name or "").split(".")[0]
            assert root in sys.stdlib_module_names or root in ("reportcheck", "msgspec"), name


@pytest.mark.parametrize("module", MODULES)
def test_modules_are_short(module: str) -> None:
    assert len((SOURCE / module).read_text(encoding="utf-8").splitlines()) <= LONGEST


# --- words are data -----------------------------------------------------------------------------


def docstrings(module: ast.Module) -> set[tuple[int, int]]:
    """Where the docstrings begin: of modules, classes, functions, and of attributes behind an assignment."""
    places = set()
    for node in ast.walk(module):
        body = node.body if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) else []
        for index, statement in enumerate(body):
            if not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)):
                continue
            if index == 0 or isinstance(body[index - 1], ast.Assign | ast.AnnAssign):
                places.add((statement.lineno, statement.col_offset))
    return places


def chinese_tokens(module: str) -> list[tokenize.TokenInfo]:
    """Where a module has Chinese, outside its docstrings."""
    source = (SOURCE / module).read_text(encoding="utf-8")
    documented = docstrings(ast.parse(source))
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return [token for token in tokens if IDEOGRAPH.search(token.string) and token.start not in documented]


@pytest.mark.parametrize("module", MODULES)
def test_there_is_no_chinese_in_the_code(module: str) -> None:
    found = [token for token in chinese_tokens(module) if token.type != tokenize.COMMENT]
    assert [(token.start[0], token.string) for token in found] == []


def test_there_is_no_chinese_in_comments() -> None:
    found = [(module, token) for module in MODULES for token in chinese_tokens(module)]
    comments = [(module, token) for module, token in found if token.type == tokenize.COMMENT]
    assert [f"{module}:{token.start[0]} {token.string}" for module, token in comments] == []


@pytest.mark.parametrize("module", MODULES)
def test_no_chinese_is_hidden_in_escapes(module: str) -> None:
    parsed = tree(module)
    documented = docstrings(parsed)
    constants = [node for node in ast.walk(parsed) if isinstance(node, ast.Constant)]
    hidden = [
        (node.lineno, node.value)
        for node in constants
        if isinstance(node.value, str)
        and (node.lineno, node.col_offset) not in documented
        # The ends of the range of ideographs are no words.
        and IDEOGRAPH.search(node.value.replace("\u4e00", "").replace("\u9fff", ""))
    ]
    assert hidden == []


def test_patterns_hold_data_only() -> None:
    files = [path for path in patterns_directory().rglob("*") if path.is_file()]
    assert {path.suffix for path in files} <= {".toml", ".md"}
    assert len(files) > 30


# --- rules propose, one judge decides -------------------------------------------------------------

PROPOSING = frozenset({"groups", "relations", "rules"})
JUDGED = frozenset({"exact", "interval", "rounded_interval", "value", "low", "high", "last_place"})

# What a rule may ask of a number without judging it.
ASKED = {
    "rules/changes.py": {"current.quantity.exact < base.quantity.exact"},  # which way a change goes
    "rules/counts.py": {
        "2 <= quantity.value <= data.largest",  # how far a list can be counted
        "stated.quantity.value <= table(Counting).before.largest_words",
    },
    "relations/reach.py": {
        "one.exact > other.exact",  # which of two figures can be the whole of the other
        "one.exact == other.exact",  # whether one thing may be counted in two places
        "rate.exact <= 1",  # whether a rate is of more than there was
        "rate.exact > 2",  # whether it is of more than twice that
    },
    "relations/sums.py": {"item.quantity.value > 0"},  # whether a loss is printed without its sign
    "rules/equations.py": {"mention.quantity.value == 100"},  # the hundred per cent of a formula
}


@pytest.mark.parametrize("module", [module for module in MODULES if top(module) in PROPOSING])
def test_rules_compare_no_numbers(module: str) -> None:
    compared = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            if any(isinstance(side, ast.Attribute) and side.attr in JUDGED for side in sides):
                compared.add(ast.unparse(node))
    assert compared - ASKED.get(module, set()) == set()


@pytest.mark.parametrize(
    "module", [m for m in MODULES if top(m) in {*PROPOSING, "extract", "judge", "causes", "formula"}]
)
def test_arithmetic_is_exact(module: str) -> None:
    floats = [
        ast.unparse(node)
        for node in ast.walk(tree(module))
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float")
    ]
    assert floats == []


@pytest.mark.parametrize("module", [m for m in MODULES if top(m) in {*PROPOSING, "extract", "judge", "causes", "find"}])
def test_what_decides_reads_no_clock_and_no_network(module: str) -> None:
    forbidden = {"time", "datetime", "random", "socket", "urllib", "http", "os", "locale", "uuid"}
    names = {
        alias.name.split(".")[0]
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Import)
        for alias in node.names
    } | {(node.module or "").split(".")[0] for node in ast.walk(tree(module)) if isinstance(node, ast.ImportFrom)}
    assert names & forbidden == set()


@pytest.mark.parametrize("module", MODULES)
def test_what_is_made_of_patterns_is_forgotten_with_them(module: str) -> None:
    """A user's folder replaces patterns: what is kept of them goes through ``catalog.cached``."""
    froms = [node for node in ast.walk(tree(module)) if isinstance(node, ast.ImportFrom)]
    names = {(node.module, alias.name) for node in froms for alias in node.names}
    assert not {("reportcheck.catalog", "table"), ("functools", "cache")} <= names


# --- what is loaded -------------------------------------------------------------------------------


def loaded_by(statements: str) -> set[str]:
    code = f"{statements}\nimport sys, json\nprint(json.dumps(sorted({{name.split('.')[0] for name in sys.modules}})))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize("statements", ["import reportcheck", "import reportcheck.cli"])
def test_importing_loads_nothing_heavy(statements: str) -> None:
    assert loaded_by(statements) & HEAVY == set()


def test_the_version_loads_nothing_heavy() -> None:
    code = "import sys\nfrom reportcheck.cli import main\ntry:\n    main(['--version'])\nexcept SystemExit:\n    pass"
    assert loaded_by(code) & HEAVY == set()


def test_checking_text_loads_no_library_of_a_format() -> None:
    code = "import reportcheck\nreportcheck.check_text('预算60万元，支出52.05万元，执行率86.75%。')"
    assert loaded_by(code) & HEAVY <= {"msgspec"}


def test_the_public_names_are_those_announced() -> None:
    assert [name for name in reportcheck.__all__ if not hasattr(reportcheck, name)] == []
    assert sorted(reportcheck.__all__) == list(reportcheck.__all__)
