"""Items of monitoring services: the outlet they monitor, and who distributes them.

BBC Monitoring and its like print their own name as the newspaper; the outlet stands
in a source line. Built from the services' documentation, without a real sample.
"""

import re

SERVICE = re.compile(
    r"BBC (?:Worldwide )?Monitoring|BBC Summary of World Broadcasts"
    r"|World News Connection|Foreign Broadcast Information Service"
    r"|Open Source (?:Center|Enterprise)",
    re.IGNORECASE,
)
SOURCE_LINE = re.compile(r"^[\[(]?\s*(?:Original )?Source\s*:\s*(.+)", re.IGNORECASE)
SUPPLIED = re.compile(r"\s*Supplied by .*$", re.IGNORECASE | re.DOTALL)
QUOTED = re.compile(r"""^["'“‘]+(.+?)["'”’]+(?=\s|,|$)""")
OUTLET_END = re.compile(r",|;|\s\(|\s+in [A-Z]\w+ \d|\s+\d{4} gmt", re.IGNORECASE)
PLACES = (-1, -2, -3, 0)


def name_sources(records: list[dict], ledger, name: str) -> None:
    """Put the outlet of the source line for a service, which becomes `distributor`."""
    without = 0
    for record in records:
        outlet = record.get("outlet") or ""
        if not SERVICE.search(outlet):
            continue
        record["distributor"] = " ".join(SUPPLIED.sub("", outlet).split())
        line = record.get("source_line") or _source_line(record.get("text") or "")
        found = _outlet(line) if line else None
        record["outlet"] = found or record["distributor"]
        without += found is None
        ledger.add("items of monitoring services", 1, f"{record['distributor']}")
    if without:
        note = f"in {name}; the service stands as their outlet"
        ledger.add("items of services without a source line", without, note, lost=True)


def _source_line(text: str) -> str | None:
    paragraphs = text.split("\n\n")
    for place in PLACES:
        if -len(paragraphs) <= place < len(paragraphs):
            for line in paragraphs[place].splitlines():
                if found := SOURCE_LINE.match(line):
                    return found[1]
    return None


def _outlet(line: str) -> str | None:
    line = " ".join(line.split()).strip(" .])")
    if quoted := QUOTED.match(line):
        return quoted[1].strip(" ,")
    return OUTLET_END.split(line, maxsplit=1)[0].strip() or None
