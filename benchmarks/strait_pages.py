"""Build the saved pages, prints and database export of the constructed corpus.

    python benchmarks/strait_pages.py         # pages, export and their truth table
    python benchmarks/strait_pages.py --pdf   # the prints too, with chromium

The same source gives the same bytes (the prints: with the same chromium).
"""

import argparse

import pandas as pd
import yaml
from make_strait import HOME, Parsed, read_source, write
from strait_export import export_text, exported
from strait_prints import print_pdf
from strait_render import TEMPLATES, fill, page_values, paragraphs

EXPORT = "export/constructed_export.txt"


def read_plan() -> dict:
    """Return which article goes where, with defaults filled in."""
    plan = yaml.safe_load((TEMPLATES / "pages.yaml").read_text("utf-8"))
    for page in plan["pages"] + plan["prints"]:
        page.setdefault("encoding", "utf-8")
        page.setdefault("declared", page["encoding"])
    return plan


def page_bytes(page: dict, articles: list[Parsed], plan: dict) -> bytes:
    """Return one page as it would be saved."""
    one = next(one for one in articles if one.name == page["article"])
    house = {
        "domain": plan["domains"][one.outlet],
        "evergreens": plan["evergreens"][one.outlet],
    }
    template = (TEMPLATES / page["template"]).read_text("utf-8")
    values = page_values(one, page, articles, house)
    return fill(template, values).encode(page["encoding"])


def all_pages(articles: list[Parsed], plan: dict) -> dict[str, bytes]:
    """Return the saved pages and the export by file name."""
    made = {
        f"pages/constructed_{page['article']}.html": page_bytes(page, articles, plan)
        for page in plan["pages"]
    }
    text = export_text(articles, plan["export"])
    return {**made, EXPORT: text.replace("\n", "\r\n").encode("utf-8-sig")}


def truth_table(articles: list[Parsed], plan: dict) -> pd.DataFrame:
    """Return file, place in it, article, encoding, paragraphs held and traps."""
    by_name = {one.name: one for one in articles}
    rows = []
    for page in plan["pages"]:
        traps = [*plan["templates"][page["template"]], *page.get("traps", [])]
        file = f"pages/constructed_{page['article']}.html"
        rows.append(truth_row(file, by_name[page["article"]], traps, page))
    for page in plan["prints"]:
        file = f"pdf/constructed_{page['article']}.pdf"
        rows.append(truth_row(file, by_name[page["article"]], page["traps"]))
    for number, (one, traps) in enumerate(exported(articles, plan["export"]), start=1):
        encoding = {"encoding": "utf-8-sig"}
        rows.append({**truth_row(EXPORT, one, traps, encoding), "document": number})
    return pd.DataFrame(rows)


def truth_row(
    file: str, one: Parsed, traps: list[str], page: dict | None = None
) -> dict:
    """Return what is to be known of one article in one file."""
    page = page or {}
    size = sum(piece["kind"] == "story" for piece in paragraphs(one))
    return {
        "file": file,
        "document": 1,
        "article_id": one.name,
        "encoding": page.get("encoding", ""),
        "declared": page.get("declared", ""),
        "story_paragraphs": size,
        "held": page.get("cut", size),
        "traps": "; ".join(traps),
    }


def main() -> None:
    """Write everything."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pdf", action="store_true")
    articles, plan = read_source(HOME / "source"), read_plan()
    for name, content in all_pages(articles, plan).items():
        (HOME / name).write_bytes(content)
    write(truth_table(articles, plan), HOME / "truth" / "constructed_pages.csv")
    if parser.parse_args().pdf:
        for page in plan["prints"]:
            html = page_bytes(page, articles, plan)
            print_pdf(html, HOME / "pdf" / f"constructed_{page['article']}.pdf")


if __name__ == "__main__":
    main()
