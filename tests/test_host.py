"""A program that uses the library finds everything as it left it: its modules, its log, its warnings, its decimals."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from reportcheck.read.pdf_fallback import silent

BEFORE = """
import decimal, json, locale, logging, random, signal, sys, warnings
from importlib.machinery import ModuleSpec

def state():
    loggers = logging.Logger.manager.loggerDict
    return {
        "none": sorted(name for name, module in sys.modules.items() if module is None),
        "hollow": sorted(n for n, m in sys.modules.items() if getattr(m, "__spec__", 1) is None and n != "__main__"),
        "filters": list(warnings.filters),
        "levels": {n: getattr(each, "level", 0) for n, each in loggers.items() if not n.startswith("report")},
        "handlers": list(map(repr, [*logging.root.handlers, logging.root.level, logging.root.disabled])),
        "decimal": repr(decimal.getcontext()),
        "locale": locale.setlocale(locale.LC_ALL),
        "recursion": sys.getrecursionlimit(),
        "random": random.getstate(),
        "signals": {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)},
        "hooks": (repr(sys.meta_path), repr(sys.path_hooks), sys.path[:], repr(sys.excepthook)),
        "intmax": sys.get_int_max_str_digits(),
    }

import xml.etree.ElementTree
before = state()
import reportcheck
report = reportcheck.check_text("全区一般公共预算财政拨款支出52.05万元，预算60万元，执行率86.75%。")
assert [verdict.outcome for verdict in report.verdicts] == ["consistent"], report
after = state()
changed = {name: (before[name], after[name]) for name in before if before[name] != after[name]}
assert not changed, changed
assert not [name for name in sys.modules if name.split(".")[0] in ("jieba", "pkg_resources", "setuptools")]
"""
JIEBA = (
    BEFORE
    + """
import jieba
jieba.setLogLevel(logging.CRITICAL)
assert "".join(jieba.cut("杭研大厦")) == "杭研大厦"
assert list(jieba.cut("他来到了网易杭研大厦")) == ["他", "来到", "了", "网易", "杭研", "大厦"]
import jieba.finalseg
assert list(jieba.finalseg.cut("杭研大厦"))
"""
)


def run(code: str, *options: str, **environment: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, *options, "-c", code], capture_output=True, text=True, env={**os.environ, **environment}
    )
    return done.returncode, done.stdout, done.stderr


def test_nothing_is_changed_and_nothing_is_said(tmp_path: Path) -> None:
    # The first run after an installation finds no bytecode: then Python warns of what it compiles.
    cold = {"PYTHONPYCACHEPREFIX": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    assert run(BEFORE, "-W", "error", **cold) == (0, "", "")
    assert run(BEFORE, "-W", "always", **cold) == (0, "", "")


def test_the_jieba_of_the_program_works_as_ever() -> None:
    assert run(JIEBA, "-W", "ignore") == (0, "", "")


@pytest.mark.parametrize("first", ["import jieba", "import sys; sys.modules['jieba'] = None"])
def test_the_program_may_have_its_own_jieba_before(first: str) -> None:
    code = f"{first}\nimport sys; own = sys.modules['jieba']\n" + (
        "import reportcheck\nfrom reportcheck import segment\n"
        "assert segment.words('一般公共预算财政拨款支出')[:2] == ['一般公共预算', '财政拨款']\n"
        "assert sys.modules['jieba'] is own and getattr(own, 'dt', None) is not segment._tokenizer()\n"
    )
    assert run(code, "-W", "ignore") == (0, "", "")


def test_silences_that_overlap_end_with_the_level_that_was() -> None:
    logger = logging.getLogger("library of a test")
    logger.setLevel(logging.INFO)
    inside, leave = threading.Event(), threading.Event()

    def first() -> None:
        with silent(logger.name):
            inside.set()
            leave.wait(10)

    def second() -> None:
        with silent(logger.name):
            pass

    threads = [threading.Thread(target=first), threading.Thread(target=second)]
    threads[0].start()
    inside.wait(10)
    threads[1].start()
    threads[1].join(0.2)
    leave.set()
    for thread in threads:
        thread.join()
    assert logger.level == logging.INFO
