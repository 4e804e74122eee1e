"""Libraries for near-duplicate text side by side, on paragraphs like those of reports.

    python benchmarks/copies.py [PARAGRAPHS]

Needs `rensa` and `datasketch`; each library runs in processes of its own. The truth is exact: paragraphs are made in
families by known edits, and the likeness of each pair of a family is computed from its pieces. Nothing here is a test.
"""

from __future__ import annotations

import hashlib
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import combinations
from random import Random

from marked import table

SIZE, PERMUTATIONS, BANDS, ROWS, SEED = 4, 128, 32, 4, 1
FAMILY = 6
SURE, UNLIKE = 0.7, 0.3
LIBRARIES = ("rensa", "datasketch")

VERBS = (
    "完成", "组织", "开展", "新建", "改造", "发放", "检查", "培训", "修复", "落实", "建成", "办理", "购置",
    "维护", "实施", "举办",
)  # fmt: skip
THINGS = (
    "农村道路", "灌溉渠道", "安全饮水工程", "技能培训", "执法检查", "困难群众救助", "矛盾纠纷调解",
    "病险水库加固", "文化惠民演出", "义务植树", "危房改造", "疫苗接种", "企业服务", "河道清淤", "食品抽检",
    "应急演练", "档案整理", "窗口办件", "劳务输出", "消防宣传",
)  # fmt: skip
TAILS = (
    "群众满意度明显提高", "有力保障了工作开展", "达到年初设定的目标", "受到社会各界好评", "各项任务按期完成",
    "进一步夯实了发展基础", "资金使用规范有序", "没有发生责任事故", "为下一步工作打下基础", "服务水平稳步提升",
)  # fmt: skip
UNITS = (
    "个", "人次", "公里", "亩", "户", "场次", "万元", "件", "处", "批次",
)  # fmt: skip


def paragraph(random: Random) -> list[str]:
    """The clauses of a paragraph, each with a figure of its own."""
    return [
        random.choice(VERBS)
        + random.choice(THINGS)
        + f"{random.randint(2, 99_999)}{random.choice(UNITS)}"
        + (random.choice(TAILS) if random.random() < 0.4 else "")
        for _ in range(random.randint(3, 9))
    ]


def families(count: int, random: Random) -> Iterator[list[str]]:
    """Paragraphs in families: one, and what becomes of it when more and more of its clauses are changed."""
    for _ in range(count // FAMILY):
        clauses = paragraph(random)
        family = []
        for changed in range(FAMILY):
            edited = list(clauses)
            for place in random.sample(range(len(edited)), min(changed, len(edited) - 1)):
                edited[place] = paragraph(random)[0]
            family.append("，".join(edited) + "。")
        yield family


def pieces(text: str) -> set[str]:
    return {text[at : at + SIZE] for at in range(len(text) - SIZE + 1)}


def likeness(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other)


# --- one library, in a process of its own --------------------------------------------------------------


def with_rensa(sets: list[set[str]]) -> tuple[float, list[list[int]], str]:
    from rensa import RMinHash, RMinHashLSH

    begun = time.perf_counter()
    hashes = RMinHash.from_token_sets([sorted(one) for one in sets], PERMUTATIONS, SEED)
    made = time.perf_counter() - begun
    index = RMinHashLSH(SURE, PERMUTATIONS, BANDS)
    index.insert_many(hashes)
    found = [sorted(keys) for keys in index.query_all(hashes)]
    digest = hashlib.sha256(json.dumps([one.digest() for one in hashes[:1000]]).encode())
    return made, found, digest.hexdigest()


def with_datasketch(sets: list[set[str]]) -> tuple[float, list[list[int]], str]:
    from datasketch import MinHash, MinHashLSH

    begun = time.perf_counter()
    tokens = [[piece.encode() for piece in sorted(one)] for one in sets]
    hashes = list(MinHash.generator(tokens, num_perm=PERMUTATIONS, seed=SEED))
    made = time.perf_counter() - begun
    index = MinHashLSH(num_perm=PERMUTATIONS, params=(BANDS, ROWS))
    for key, one in enumerate(hashes):
        index.insert(key, one)
    found = [sorted(index.query(one)) for one in hashes]
    digest = hashlib.sha256(json.dumps([one.hashvalues.tolist() for one in hashes[:1000]]).encode())
    return made, found, digest.hexdigest()


def measure(library: str, count: int) -> dict[str, object]:
    """Times, memory, what was found of the truth, and a digest by which runs are compared."""
    texts = [text for family in families(count, Random(SEED)) for text in family]
    sets = [pieces(text) for text in texts]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.perf_counter()
    made, found, digest = (with_rensa if library == "rensa" else with_datasketch)(sets)
    seconds = time.perf_counter() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    pairs = {(key, other) for key, others in enumerate(found) for other in others if other > key}
    true = [
        (one, other)
        for start in range(0, len(texts), FAMILY)
        for one, other in combinations(range(start, start + FAMILY), 2)
        if likeness(sets[one], sets[other]) >= SURE
    ]
    unlike = sum(likeness(sets[one], sets[other]) < UNLIKE for one, other in pairs)
    return {
        "paragraphs": len(texts),
        "made": made,
        "seconds": seconds,
        "memory": memory / 1024,
        "recall": sum(pair in pairs for pair in true) / len(true),
        "pairs": len(pairs),
        "unlike": unlike / len(pairs),
        "digest": digest,
    }


def run(library: str, count: int, hash_seed: str) -> dict[str, object]:
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    command = [sys.executable, __file__, "--one", library, str(count)]
    return dict(json.loads(subprocess.run(command, env=environment, capture_output=True, check=True).stdout))


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--one"]:
        print(json.dumps(measure(arguments[1], int(arguments[2]))))
        return
    count = int(arguments[0]) if arguments else 60_000
    rows = []
    for library in LIBRARIES:
        one, again = (run(library, count, seed) for seed in ("1", "2"))
        alike = all(one[key] == again[key] for key in ("digest", "pairs", "recall"))
        rows.append((library, one, alike))
    base = rows[0][1]
    print(
        table(
            ["", "paragraphs", "signatures", "all", "ratio", "memory", f"found of ≥ {SURE}", f"< {UNLIKE}", "alike"],
            [
                [
                    library,
                    f"{one['paragraphs']:,}",
                    f"{one['made']:.1f} s",
                    f"{one['seconds']:.1f} s",
                    f"{one['seconds'] / base['seconds']:.1f}",
                    f"{one['memory']:.0f} MiB",
                    f"{one['recall']:.2%}",
                    f"{one['unlike']:.2%} of {one['pairs']:,}",
                    "yes" if alike else "no",
                ]
                for library, one, alike in rows
            ],
        )
    )


if __name__ == "__main__":
    main(sys.argv[1:])
