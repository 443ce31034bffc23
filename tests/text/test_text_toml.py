"""Documents say what tomllib says, and where every key and value stands."""

from __future__ import annotations

import re
import tempfile
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from itilsim.text.faults import Fault, FaultyInput
from itilsim.text.places import KeyPath, find_places
from itilsim.text.toml import Document, read_document

SAMPLE = """\
# a case
title = "x"
a.b."c d".'e' = 1
[t]
x = \"\"\"multi
"quoted" \\\"\"\" [no] = 3
end\"\"\"\"
y = [1, 2, # c
  {q = 1, r.s = [ {z=2} ]},
]
inl = { p = "a}b,", 'k' = [ ] , d={} }
[[risk]]
n = 1
[risk.sub]
m=1
[[risk]]
n = 2
[[risk.deep]]
"\\u4e2d" = 1979-05-27 07:32:00Z
[[risk.deep]]
w = '''it's ''''
"价" = 1
[ t . u ]
z = +1_0.5e3
"""


def document(text: str, tmp_path: Path) -> Document:
    path = tmp_path / "case.toml"
    path.write_bytes(text.encode("utf-8"))
    return read_document(path)


def refusal(raw: bytes, tmp_path: Path) -> Fault:
    path = tmp_path / "case.toml"
    path.write_bytes(raw)
    with pytest.raises(FaultyInput) as faulty:
        read_document(path)
    (fault,) = faulty.value.faults
    assert fault.path == str(path)
    return fault


@pytest.mark.parametrize(
    ("key_path", "key", "value"),
    [
        (("title",), (2, 1), (2, 9)),
        (("a",), (3, 1), (3, 1)),
        (("a", "b"), (3, 3), (3, 3)),
        (("a", "b", "c d", "e"), (3, 11), (3, 17)),
        (("t",), (4, 2), (4, 2)),
        (("t", "x"), (5, 1), (5, 5)),
        (("t", "y", 1), (8, 9), (8, 9)),
        (("t", "y", 2, "r", "s", 0, "z"), (9, 20), (9, 22)),
        (("t", "inl", "k"), (11, 21), (11, 27)),
        (("risk",), (12, 3), (12, 3)),
        (("risk", 0, "sub", "m"), (15, 1), (15, 3)),
        (("risk", 1), (16, 3), (16, 3)),
        (("risk", 1, "deep", 0, "中"), (19, 1), (19, 12)),
        (("risk", 1, "deep", 1, "w"), (21, 1), (21, 5)),
        (("risk", 1, "deep", 1, "价"), (22, 1), (22, 7)),
        (("t", "u", "z"), (24, 1), (24, 5)),
    ],
)
def test_keys_and_values_are_found(key_path: KeyPath, key: tuple[int, int], value: tuple[int, int], tmp_path: Path) -> None:
    read = document(SAMPLE, tmp_path)
    assert read.data == tomllib.loads(SAMPLE)
    assert read.locate(key_path) == key
    assert read.locate_value(key_path) == value


def test_what_is_not_there_is_looked_for_at_its_nearest_ancestor(tmp_path: Path) -> None:
    read = document("[a.b]\nc = 1\n", tmp_path)
    assert read.locate(("a", "b", "missing", 3)) == (1, 4)
    assert read.locate_value(("a", "b", "c", "missing")) == (2, 1)
    assert read.locate(("stranger",)) == (1, 1)
    assert read.locate(()) == (1, 1)


def test_a_fault_points_at_the_key_or_at_its_value(tmp_path: Path) -> None:
    read = document("[a]\nfee = 3\n", tmp_path)
    assert str(read.fault(("a", "fee"), "wrong")).endswith("case.toml:2:1: error: wrong")
    assert str(read.fault(("a", "fee"), "wrong", at_value=True)).endswith("case.toml:2:7: error: wrong")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_places_do_not_depend_on_the_end_of_lines(newline: str, tmp_path: Path) -> None:
    read = document(newline.join(["a = '''x", "y'''", "[t]", "b = 2", ""]), tmp_path)
    assert read.locate(("t", "b")) == (4, 1)


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    read = document("\ufeffa = 1", tmp_path)
    assert read.data == {"a": 1}
    assert read.locate_value(("a",)) == (1, 5)


BARE = st.text("abcXYZ019_-", min_size=1, max_size=6)
ANY_KEY = st.one_of(BARE, st.text(st.characters(exclude_categories=["Cs"]), max_size=8))
SCALAR = st.one_of(
    st.integers(-(10**6), 10**6),
    st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
)
TREE = st.dictionaries(
    ANY_KEY,
    st.recursive(SCALAR, lambda x: st.one_of(st.lists(x, max_size=3), st.dictionaries(ANY_KEY, x, max_size=3)), max_leaves=12),
    max_size=5,
)


class Writer:
    """Spells a tree as TOML with layouts chosen by hypothesis: dotted keys, tables, inline tables, comments, quotes."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw

    def pick(self, *choices: str) -> str:
        return self.draw(st.sampled_from(choices))

    def string(self, text: str, *, key: bool) -> str:
        plain = all(ch.isprintable() and ch not in "'\n" for ch in text)
        if plain and self.pick("literal", "basic") == "literal":
            return f"'{text}'" if key or self.pick("one", "three") == "one" or text == "" else f"'''\n{text}'''"
        escaped = "".join(ch if ch.isprintable() and ch not in '"\\' else f"\\U{ord(ch):08x}" for ch in text)
        if key or self.pick("one", "three") == "one":
            return f'"{escaped}"'
        return self.pick(f'"""\n{escaped}"""', f'"""{escaped}\\\n  \n"""', f'"""{escaped}"""')

    def key(self, name: str) -> str:
        bare = re.fullmatch("[A-Za-z0-9_-]+", name)
        return name if bare and self.pick("bare", "quoted") == "bare" else self.string(name, key=True)

    def value(self, value: Any) -> str:
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, str):
            return self.string(value, key=False)
        if isinstance(value, list):
            gap = self.pick("", " ", "\n", " # c ] }\n\t")
            comma = self.pick("", ",") if value else ""
            return "[" + gap + f"{gap},{gap}".join(self.value(each) for each in value) + gap + comma + gap + "]"
        if isinstance(value, dict):
            gap = self.pick("", " ")
            return "{" + gap + f"{gap},{gap}".join(f"{self.key(k)}{gap}={gap}{self.value(v)}" for k, v in value.items()) + gap + "}"
        return repr(value)

    def table(self, tree: dict[str, Any], above: list[str]) -> str:
        lines, later = [], []
        for name, value in tree.items():
            tables = isinstance(value, list) and value and all(isinstance(each, dict) for each in value)
            if tables and self.pick("header", "inline") == "header":
                later += [self.header([*above, name], each, "[[", "]]") for each in value]
            elif isinstance(value, dict) and self.pick("header", "inline") == "header":
                later.append(self.header([*above, name], value, "[", "]"))
            elif isinstance(value, dict) and len(value) == 1 and self.pick("dotted", "inline") == "dotted":
                ((inner, leaf),) = value.items()
                lines.append(f"{self.key(name)}{self.pick('.', ' . ')}{self.key(inner)} = {self.value(leaf)}")
            else:
                lines.append(f"{self.pick('', '  ')}{self.key(name)} = {self.value(value)}{self.pick('', ' # [x] = 1')}")
        return "\n".join([*lines, *later])

    def header(self, names: list[str], tree: dict[str, Any], start: str, end: str) -> str:
        gap = self.pick("", " ")
        dotted = f"{gap}.{gap}".join(self.key(name) for name in names)
        return f"{self.pick('', '# c')}\n{start}{gap}{dotted}{gap}{end}\n{self.table(tree, names)}"


@st.composite
def spelled(draw: st.DrawFn) -> tuple[dict[str, Any], str]:
    tree = draw(TREE)
    return tree, Writer(draw).table(tree, []) + draw(st.sampled_from(["", "\n"]))


def leaves(value: Any, path: KeyPath = ()) -> list[tuple[KeyPath, Any]]:
    below = list(value.items()) if isinstance(value, dict) else list(enumerate(value)) if isinstance(value, list) else []
    own = [(path, value)] if path else []
    return own + [leaf for name, each in below for leaf in leaves(each, (*path, name))]


def rest_of(text: str, place: tuple[int, int]) -> str:
    line, column = place
    return "\n".join(text.split("\n")[line - 1 :])[column - 1 :]


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(spelled())
def test_every_key_of_a_generated_document_stands_where_it_is_said_to_stand(case: tuple[dict[str, Any], str]) -> None:
    tree, text = case
    assert tomllib.loads(text) == tree
    places = find_places(text)
    for path, value in leaves(tree):
        name = path[-1]
        if isinstance(name, str):
            spelt = re.match(r"""(?:"(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_-]+)""", rest_of(text, places.keys[path]))
            assert spelt is not None
            assert list(tomllib.loads(f"{spelt.group()} = 1")) == [name]
        if path in places.values and not isinstance(value, (dict, list)):
            assert starts_with(rest_of(text, places.values[path]), value)
        elif not isinstance(value, (dict, list)):
            pytest.fail(f"the value of {path} has no place")


def starts_with(rest: str, value: Any) -> bool:
    """Say whether a text begins with a value, trying every end, since only the real reader knows where a value ends."""
    for end in range(1, min(len(rest), 200) + 1):
        try:
            if tomllib.loads(f"x = {rest[:end]}")["x"] == value:
                return True
        except tomllib.TOMLDecodeError:
            continue
    return False


@pytest.mark.parametrize(
    ("raw", "place", "parts"),
    [
        (b"a = ", (1, 5), ["not valid TOML", "end of the file", "a value is missing"]),
        (b"a = 1\nb = x\n", (2, 5), ["'b = x'", "not valid TOML", "texts stand in quotes"]),
        (b"a = 1\nb 2\n", (2, 3), ["'b 2'", "expected '='"]),
        (b"a = 1\na = 2\nb = 3\n", (2, 6), ["'a = 2'", "keep one of the two"]),
        (b"\xff\xfea", (1, 1), ["0xff", "UTF-8"]),
        ("x = '中'\ny = '".encode() + b"\xd6\xd0'", (2, 6), ["0xd6", "save the file with the encoding UTF-8"]),
        ("é = '".encode() + b"\x80'", (1, 6), ["0x80"]),
        (b"\xef\xbb\xbfa = '\x80'", (1, 6), ["0x80"]),
        (b"a=" + b"[" * 100_000, (1, 1), ["nested too deeply"]),
        (b"b = 1\na=" + b"9" * 5_000, (2, 3), ["thousands of digits"]),
    ],
    ids=lambda case: repr(case)[:30],
)
def test_what_is_not_toml_is_refused_at_its_place(raw: bytes, place: tuple[int, int], parts: list[str], tmp_path: Path) -> None:
    fault = refusal(raw, tmp_path)
    assert (fault.line, fault.column) == place
    for part in parts:
        assert part in fault.message


def test_files_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    large = tmp_path / "large.toml"
    large.write_bytes(b"#" * 5_000_001)
    cases = {
        tmp_path: "this is a folder; name a TOML file",
        tmp_path / "no.toml": "there is no file of this name",
        tmp_path / "a\0b": "cannot be opened",
        large: "5,000,001 bytes; at most 5,000,000",
        Path("/dev/null"): "a device or a pipe",
    }
    for path, said in cases.items():
        with pytest.raises(FaultyInput) as faulty:
            read_document(path)
        assert said in str(faulty.value)


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused_with_a_fault(raw: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.toml"
        path.write_bytes(raw)
        try:
            assert read_document(path).data == tomllib.loads(raw.decode("utf-8-sig").replace("\r\n", "\n"))
        except FaultyInput as faulty:
            assert len(faulty.faults) == 1


def test_places_are_found_in_time_that_grows_with_the_text() -> None:
    small = "".join(f"k{n} = '''a\nb''' # c\n" for n in range(2_000))
    large = "".join(f"k{n} = '''a\nb''' # c\n" for n in range(20_000))
    start = time.process_time()
    find_places(small)
    middle = time.process_time()
    find_places(large)
    assert time.process_time() - middle < 40 * (middle - start) + 0.05
