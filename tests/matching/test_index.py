"""The TF-IDF index: against scikit-learn, on disk, and against damage."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.errors import IndexNotBuilt
from matching.index import PolicyIndex

WORDS = [f"词{n}" for n in range(40)]
DOCS = st.lists(st.lists(st.sampled_from(WORDS), max_size=12), min_size=1, max_size=12)


def _corpus(size: int, seed: int) -> list[list[str]]:
    rng = random.Random(seed)
    return [rng.choices(WORDS, k=rng.randint(1, 30)) for _ in range(size)]


def _oracle(documents: list[list[str]], query: list[str]) -> np.ndarray:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.metrics.pairwise import linear_kernel

    vectorizer = TfidfVectorizer(analyzer=lambda terms: terms, sublinear_tf=True)
    matrix = vectorizer.fit_transform(documents)
    return linear_kernel(vectorizer.transform([query]), matrix)[0]


@pytest.fixture
def index() -> PolicyIndex:
    return PolicyIndex.build(
        ["b", "a", "c"], [["奖励", "企业"], ["奖励", "技改", "技改"], ["展会"]], corpus_version="7"
    )


@pytest.mark.parametrize("seed", range(5))
def test_scores_and_order_are_those_of_scikit_learn(seed: int) -> None:
    documents, query = _corpus(60, seed), random.Random(seed + 99).choices([*WORDS, "生词"], k=15)
    ids = [f"{n:03}" for n in range(60)]
    index = PolicyIndex.build(ids, documents)
    expected = _oracle(documents, query)
    assert np.abs(index.scores(query) - expected).max() < 1e-6
    by_oracle = sorted(range(60), key=lambda n: (-round(float(expected[n]), 6), ids[n]))
    wanted = [ids[n] for n in by_oracle if round(float(expected[n]), 6) > 0]
    assert [id_ for id_, _ in index.top(query, 60)] == wanted


@settings(max_examples=60)
@given(DOCS, st.lists(st.sampled_from([*WORDS, "生词"]), max_size=8))
def test_scores_equal_scikit_learn_on_any_small_corpus(documents: list[list[str]], query: list[str]) -> None:
    index = PolicyIndex.build([f"{n:02}" for n in range(len(documents))], documents)
    if any(documents):
        assert np.abs(index.scores(query) - _oracle(documents, query)).max() < 1e-6
    else:
        assert not index.scores(query).any()


@settings(max_examples=40)
@given(DOCS, st.randoms(use_true_random=False))
def test_the_order_of_the_corpus_does_not_matter(documents: list[list[str]], rng: random.Random) -> None:
    entries = [(f"{n:02}", terms) for n, terms in enumerate(documents)]
    shuffled = rng.sample(entries, len(entries))
    one, other = (PolicyIndex.build(*zip(*order, strict=True)) for order in (entries, shuffled))
    assert one.top(WORDS[:5], 99) == other.top(WORDS[:5], 99)


def test_equal_scores_are_ordered_by_id() -> None:
    index = PolicyIndex.build(["c", "a", "b"], [["奖励"], ["奖励"], ["奖励"]])
    assert index.top(["奖励"], 2) == (("a", 1.0), ("b", 1.0))


def test_top_leaves_out_what_has_no_common_word(index: PolicyIndex) -> None:
    assert [id_ for id_, _ in index.top(["奖励"], 9)] == ["b", "a"]
    assert index.top(["生词"], 9) == ()
    assert index.top(["奖励"], 0) == ()


def test_reasons_share_out_the_score(index: PolicyIndex) -> None:
    reasons = index.reasons(["技改", "奖励", "展会"], "a")
    assert [term for term, _ in reasons] == ["技改", "奖励"]
    assert sum(share for _, share in reasons) == pytest.approx(1)
    assert index.reasons(["技改"], "nobody") == ()
    assert index.reasons(["生词"], "a") == ()


def test_the_score_of_one_item_is_its_place_in_all_scores(index: PolicyIndex) -> None:
    terms = ["奖励", "技改", "企业", "企业"]
    assert [index.score_of(terms, id_) for id_ in index.ids] == index.scores(terms).tolist()
    assert index.score_of(terms, "nobody") == 0.0


def test_an_id_given_twice_is_refused() -> None:
    with pytest.raises(ValueError):
        PolicyIndex.build(["a", "a"], [["奖励"], ["技改"]])


@pytest.mark.parametrize("documents", [[], [[]], [[], []]])
def test_an_index_of_nothing_is_searched_and_kept(documents: list[list[str]], tmp_path: Path) -> None:
    ids = [str(n) for n in range(len(documents))]
    PolicyIndex.build(ids, documents).save(tmp_path)
    index = PolicyIndex.open(tmp_path)
    assert index.top(["奖励"], 5) == ()
    assert len(index.scores(["奖励"])) == len(ids)


def test_an_index_comes_back_from_disk_as_it_was(index: PolicyIndex, tmp_path: Path) -> None:
    index.save(tmp_path / "items")
    again = PolicyIndex.open(tmp_path / "items")
    assert (again.ids, again.vocabulary, again.corpus_version) == (index.ids, index.vocabulary, "7")
    assert again.scores(["奖励", "技改"]).tolist() == index.scores(["奖励", "技改"]).tolist()
    assert isinstance(again.weights, np.memmap)


def test_a_new_save_replaces_the_old_and_tidies_up(index: PolicyIndex, tmp_path: Path) -> None:
    index.save(tmp_path)
    held = PolicyIndex.open(tmp_path)
    for version in ("8", "9", "10"):
        PolicyIndex.build(["x"], [["新词"]], corpus_version=version).save(tmp_path)
    assert PolicyIndex.open(tmp_path).corpus_version == "10"
    assert len(list(tmp_path.glob("g-*"))) == 2
    assert held.top(["展会"], 1) == (("c", 1.0),)  # a reader of the old one is not disturbed


def test_a_save_that_was_killed_changes_nothing(index: PolicyIndex, tmp_path: Path) -> None:
    index.save(tmp_path)
    half = tmp_path / "g-halfdone"
    half.mkdir()
    (half / "weights.npy").write_bytes(b"\x93NUMPY")
    assert PolicyIndex.open(tmp_path).corpus_version == "7"
    index.save(tmp_path)
    assert not half.exists()


def test_no_index_is_said_in_chinese_with_the_next_step(tmp_path: Path) -> None:
    with pytest.raises(IndexNotBuilt, match="huiqi index"):
        PolicyIndex.open(tmp_path / "nowhere")


def _files(directory: Path) -> list[Path]:
    (generation,) = directory.glob("g-*")
    return sorted(generation.iterdir())


@pytest.mark.parametrize("damage", ["flip", "truncate", "remove", "empty", "extend"])
def test_every_damaged_file_is_noticed(damage: str, index: PolicyIndex, tmp_path: Path) -> None:
    index.save(tmp_path / "good")
    for number, path in enumerate(_files(tmp_path / "good")):
        bad = tmp_path / f"bad{number}"
        shutil.copytree(tmp_path / "good", bad)
        victim = next(bad.glob("g-*")) / path.name
        content = bytearray(victim.read_bytes())
        if damage == "remove":
            victim.unlink()
        else:
            content[len(content) // 2] ^= 1
            damaged = {
                "flip": content,
                "truncate": content[:-1],
                "empty": b"",
                "extend": bytes(content) + b" ",
            }
            victim.write_bytes(damaged[damage])
        with pytest.raises(IndexNotBuilt, match=path.name):
            PolicyIndex.open(bad)


@pytest.mark.parametrize(
    "pointer",
    [b"", b"../elsewhere", b"g-gone", b"\xff\xfe", b"g-/../x"],
    ids=["empty", "outside", "gone", "bytes", "path"],
)
def test_a_damaged_pointer_is_noticed(pointer: bytes, index: PolicyIndex, tmp_path: Path) -> None:
    index.save(tmp_path)
    (tmp_path / "current").write_bytes(pointer)
    with pytest.raises(IndexNotBuilt):
        PolicyIndex.open(tmp_path)


def test_an_index_of_another_format_is_refused(index: PolicyIndex, tmp_path: Path) -> None:
    import hashlib

    index.save(tmp_path)
    manifest = next(tmp_path.glob("g-*")) / "manifest.json"
    body = json.loads(manifest.read_text("utf-8"))["manifest"].replace(
        '"format_version": 1', '"format_version": 99'
    )
    sealed = {"manifest": body, "sha256": hashlib.sha256(body.encode()).hexdigest()}
    manifest.write_text(json.dumps(sealed), "utf-8")
    with pytest.raises(IndexNotBuilt, match="其他版本"):
        PolicyIndex.open(tmp_path)
