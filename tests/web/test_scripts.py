"""The scripts that go to the browser: each is one text, with what it imports in front of it."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from recommender.web import application
from recommender.web.assets import script

WEB = Path(application.__file__).parent
CHECKOUT = WEB.parents[1]
SCRIPTS = sorted(
    file.relative_to(WEB).as_posix()
    for file in WEB.rglob("*.js")
    if not file.name.endswith(".test.js") and file.parent.name != "shared" and (file.parent / "__init__.py").is_file()
)
DECLARED = re.compile(r"^(?:async )?(?:const|let|function|class) \[?(\w+)", re.MULTILINE)


def joined(name: str) -> str:
    return script(str(WEB / name), Path(name).name)


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_is_one_text_in_which_no_name_stands_twice(name: str) -> None:
    text = joined(name)

    assert re.findall(r"^(?:import|export (?!default)).*", text, re.MULTILINE) == []
    assert [one for one, times in Counter(DECLARED.findall(text)).items() if times > 1] == []
    assert "// @ts-check" not in text


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_script_is_typed_and_tested(name: str) -> None:
    file = WEB / name

    assert file.read_text(encoding="utf-8").startswith("// @ts-check\n")
    tests = "".join(test.read_text(encoding="utf-8") for test in file.parent.glob("*.test.js"))
    assert f'"./{file.name}"' in tests


def test_what_two_scripts_share_stands_once_in_front_of_both(tmp_path: Path) -> None:
    main = "export default function () {\n  return left() + base;\n}\n"
    left = "function left() {\n  return base; // this\n}\n"
    imports = 'import { base } from "./base.js";\n'
    (tmp_path / "base.js").write_text("// @ts-check\nexport const base = 1;\n")
    (tmp_path / "left.js").write_text(f"{imports}/** Text. */\nexport {left}".replace("  return", "  // why\n  return"))
    (tmp_path / "main.js").write_text(f'{imports}import {{ left }} from "./left.js";\n{main}')

    assert script(str(tmp_path / "module.py"), "main.js") == f"const base = 1;\n{left}{main}"


def test_what_checks_the_scripts_is_pinned_and_names_no_registry() -> None:
    wanted = json.loads((CHECKOUT / "package.json").read_text(encoding="utf-8"))
    lock = json.loads((CHECKOUT / "package-lock.json").read_text(encoding="utf-8"))

    assert set(wanted) & {"dependencies", "peerDependencies", "optionalDependencies"} == set()
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", release) for release in wanted["devDependencies"].values())
    assert lock["packages"][""]["devDependencies"] == wanted["devDependencies"]
    assert [name for name, one in lock["packages"].items() if "resolved" in one] == []
