"""Papers bound into one file to print."""

import io
import tracemalloc

import pikepdf

from certificates.paper.binding import bind
from certificates.paper.rendering import render

from .papers import make_content


def bound(papers) -> io.BytesIO:
    whole = io.BytesIO()
    bind(papers, whole, title="Ба чоп")
    return whole


def test_what_many_papers_share_is_written_once():
    paper = render(make_content(), "en")

    one, many = (len(bound([paper] * count).getvalue()) for count in (1, 50))

    assert many - one < 50 * 1024


def test_every_page_draws_what_its_paper_drew():
    paper = render(make_content(), "en")
    with pikepdf.open(bound([paper])) as whole, pikepdf.open(io.BytesIO(paper)) as own:
        (page,), (before,) = whole.pages, own.pages
        assert page.Contents.read_bytes() == before.Contents.read_bytes()
        assert page.mediabox == before.mediabox
        assert set(page.resources.keys()) == set(before.resources.keys())
        assert str(whole.docinfo["/Title"]) == "Ба чоп"
        assert whole.check_pdf_syntax() == []


def test_papers_take_the_memory_of_one(tmp_path):
    """CE-35"""
    paper = render(make_content(), "en")

    def most(count: int) -> int:
        with (tmp_path / "whole.pdf").open("wb") as whole:
            tracemalloc.start()
            bind((paper for _number in range(count)), whole, title="All")
            _now, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()
        return peak

    assert most(40) < most(4) + 256 * 1024


def test_of_no_paper_it_is_a_blank_page():
    with pikepdf.open(bound([])) as whole:
        assert len(whole.pages) == 1
