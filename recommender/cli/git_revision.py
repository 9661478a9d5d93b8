"""A folder of rules as it was at a git revision."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from recommender.documents.problems import Problem, RecommenderError


@contextmanager
def folder_of(named: str, beside: Path) -> Iterator[Path]:
    """The folder of this name, or the folder ``beside`` as it was at the git revision of this name.

    Raises RecommenderError where it is neither.
    """
    if Path(named).is_dir():
        yield Path(named)
        return
    where = beside.resolve()
    try:
        command = ["git", "archive", "--format=tar", "--end-of-options", named, "."]
        ran = subprocess.run(command, cwd=where, capture_output=True, check=True)  # noqa: S603 (no shell; a name is no option)
    except FileNotFoundError:
        raise RecommenderError([Problem(named, "is no folder of rules, and git, which knows revisions, is not here")]) from None
    except subprocess.CalledProcessError as error:
        said = "".join(error.stderr.decode(errors="replace").strip().splitlines()[-1:])
        raise RecommenderError([Problem(named, f"is no folder of rules, and no revision of {where}: {said}")]) from None
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(ran.stdout)) as archive:
            archive.extractall(folder, filter="data")
        yield Path(folder)
