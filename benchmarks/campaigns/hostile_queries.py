"""Run every hostile query and filter listed in the tests against an archive.

    python -m benchmarks.campaigns.hostile_queries

The tests run one in twenty-three. Prints what is wrong with an answer or an error; exits with 1 if
anything is.
"""

from __future__ import annotations

import sys
import tempfile
from itertools import cycle
from pathlib import Path

from tests.search.hostile_queries import FAMILIES, OPTIONS, faults, make_archive, report, wheres


def main() -> int:
    found = []
    with (
        tempfile.TemporaryDirectory() as folder,
        make_archive(Path(folder)) as archive,
    ):
        for name, family in FAMILIES.items():
            queries = list(family())
            found += [
                f"{name}: {query[:80]!a}, {options}: {fault}"
                for query, options in zip(queries, cycle(OPTIONS), strict=False)
                for fault in faults(archive, query, **options)
            ]
            print(f"{name}: {len(queries)} queries")
        filters = list(wheres())
        found += [
            f"filter {str(where)[:80]!a}: {fault}"
            for where in filters
            for fault in faults(archive, "文旅 OR 招商引资", where=where)
        ]
        print(f"filters: {len(filters)}")
    print(report(found))
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
