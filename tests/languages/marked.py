"""Which constants of the code are marked as messages, and where one is read without being said in a language."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "recommender"
SAYING = {"spoken", "translate"}


def name_of(path: Path) -> str:
    """The name of a module."""
    return path.relative_to(PACKAGE.parent).with_suffix("").as_posix().replace("/", ".")


TREES = {name_of(path): ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}
#: the modules whose constants are said in a language wherever they are looked up
SPEAKING = {
    name
    for name, tree in TREES.items()
    if isinstance(tree.body[-1], ast.Expr) and ast.unparse(tree.body[-1]) == "speaks(__name__)"
}


def marked(tree: ast.Module) -> frozenset[str]:
    """The constants of a module that hold messages."""
    found = set()
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = {one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name)}
            calls = (one for one in ast.walk(node.value) if isinstance(one, ast.Call) and isinstance(one.func, ast.Name))
            if any(call.func.id == "message" for call in calls):  # type: ignore[attr-defined]
                found |= {name for name in names if name.isupper()}
    return frozenset(found)


MARKED = {name: marked(tree) for name, tree in TREES.items()}


def unsaid(module: str) -> Iterator[tuple[int, int, int, str]]:
    """Each place of a module at which a message is read as it is: line, column, end column, name."""
    tree = TREES[module]
    here, modules = set(MARKED[module]), {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            here |= {one.asname or one.name for one in node.names if one.name in MARKED.get(node.module, ())}
            names = ((one.asname or one.name, f"{node.module}.{one.name}") for one in node.names)
            modules |= {name: whole for name, whole in names if whole in TREES}
    for node in _in_functions(tree):
        if isinstance(node, ast.Name) and node.id in here:
            yield node.lineno, node.col_offset, node.end_col_offset or 0, node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            owner = modules.get(node.value.id, "")
            if owner not in SPEAKING and node.attr in MARKED.get(owner, ()):
                yield node.lineno, node.col_offset, node.end_col_offset or 0, ast.unparse(node)


def _in_functions(tree: ast.Module) -> Iterator[ast.AST]:
    """What functions read and do not say in a language."""
    said = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYING
        for argument in node.args
        for inner in ast.walk(argument)
    }
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    for function in functions:
        every = (node for node in ast.walk(function) if isinstance(getattr(node, "ctx", None), ast.Load))
        yield from (node for node in every if node not in said)
