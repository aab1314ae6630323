"""axe-core on a page: nothing found, or a list that a person can mend from."""

from axe_playwright_python.sync_playwright import Axe

# WCAG 2.0 to 2.2, levels A and AA, and axe's own good practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def check(page) -> None:
    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    found = results.response["violations"]
    lines = [f"axe found {len(found)} faults on {page.url}"]
    for fault in found:
        lines.append(f"- {fault['id']} ({fault['impact']}): {fault['help']}")
        for node in fault["nodes"][:5]:
            lines.append(f"    {', '.join(str(t) for t in node['target'])}: {node['html'][:160]}")
    assert not found, "\n".join(lines)
    assert results.response["passes"], "axe checked nothing: the page is empty"
