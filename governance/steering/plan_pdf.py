"""A förvaltningsplan as a PDF of A4 pages: what it says, its signatures and its checksum."""

from typing import Any

import font_roboto as face
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from fpdf import FPDF
from fpdf.fonts import FontFace

from governance.models import Forvaltningsplan
from governance.steering.money import written

LACKING = str.maketrans({"→": "->"})
FAMILY = "Roboto"  # embedded: the standard fonts have no letters outside cp1252
NARROW, WIDE = 20, 60


def said(value: Any) -> str:
    """Return a value as text; nothing is an empty text, and an arrow is written out."""
    return "" if value is None else str(value).translate(LACKING)


class Paper(FPDF):
    """Pages with the object above and the page's number below."""

    def __init__(self, plan: Forvaltningsplan) -> None:
        super().__init__(format="A4")
        self.plan = plan
        self.add_font(FAMILY, "", face.Roboto)
        self.add_font(FAMILY, "B", face.RobotoBold)
        self.set_title(said(f"{plan}, {plan.objekt}"))
        self.set_lang("sv")
        self.set_margin(20)
        self.set_auto_page_break(True, margin=22)
        self.add_page()

    def header(self) -> None:
        """Write whose plan it is and where it stands."""
        self.set_font(FAMILY, size=9)
        status = self.plan.get_status_display().lower()
        self.cell(
            0,
            6,
            said(f"{self.plan.objekt} · {self.plan} · {status}"),
            new_y="NEXT",
            new_x="LMARGIN",
        )
        self.ln(4)

    def footer(self) -> None:
        """Write the page's number and the content's checksum."""
        self.set_y(-16)
        self.set_font(FAMILY, size=8)
        self.cell(
            0, 5, said(f"{self.page_no()} ({{nb}})"), align="R", new_y="NEXT", new_x="LMARGIN"
        )
        if self.plan.content_hash:
            self.cell(0, 5, said(_("Kontrollsumma %s") % self.plan.content_hash))

    def heading(self, text: str, size: int = 13) -> None:
        """Write a heading that stays with what follows."""
        if self.will_page_break(30):
            self.add_page()
        self.set_font(FAMILY, "B", size)
        self.ln(3)
        self.multi_cell(0, 7, said(text), new_x="LMARGIN", new_y="NEXT")
        self.set_font(FAMILY, size=10)

    def prose(self, text: str) -> None:
        """Write a paragraph."""
        self.multi_cell(0, 5.5, said(text), new_x="LMARGIN", new_y="NEXT")

    def rows(self, heads: list[str], rows: list[list[Any]], widths: tuple[int, ...]) -> None:
        """Write a table whose heads come again on each page."""
        bold = FontFace(emphasis="BOLD")
        with self.table(
            col_widths=widths, headings_style=bold, line_height=5.5, text_align="LEFT"
        ) as table:
            for row in [heads, *rows]:
                line = table.row()
                for value in row:
                    line.cell(said(value))


def pdf(content: dict[str, Any]) -> bytes:
    """Return the PDF of a plan; `content` is what the plan's page shows."""
    plan = content["plan"]
    paper = Paper(plan)
    paper.heading(f"{plan}", 18)
    first, last = (date_format(day, "j F Y") for day in (plan.period_from, plan.period_to))
    paper.prose(f"{plan.objekt}\n{first} – {last}")
    if plan.summary:
        paper.heading(_("Inriktning"))
        paper.prose(plan.summary)
    _goals(paper, content["goals"])
    _activities(paper, content["activities"])
    _budget(paper, content)
    _risks(paper, content["risks"])
    _agreements(paper, content["agreements"])
    _signatures(paper, content["signed"])
    return bytes(paper.output())


def _goals(paper: Paper, goals: list[Any]) -> None:
    if goals:
        paper.heading(_("Mål"))
        rows = [
            [f"{g.title}\n{g.description}".strip(), g.get_sida_display(), g.measure] for g in goals
        ]
        paper.rows([_("Mål"), _("Sida"), _("Mäts med")], rows, (WIDE, NARROW, 40))


def _activities(paper: Paper, activities: list[Any]) -> None:
    if activities:
        paper.heading(_("Aktiviteter"))
        rows = [
            [
                f"{a.title}\n{a.description}".strip(),
                a.get_sida_display(),
                " – ".join(str(day) for day in (a.starts_on, a.ends_on) if day),
                written(a.ram),
            ]
            for a in activities
        ]
        heads = [_("Aktivitet"), _("Sida"), _("När"), _("Kostnadsram")]
        paper.rows(heads, rows, (WIDE, NARROW, 25, 22))


def _budget(paper: Paper, content: dict[str, Any]) -> None:
    if content["budget"]:
        paper.heading(_("Budget"))
        rows = [
            [post.title, post.get_sida_display(), post.get_slag_display(), written(post.belopp)]
            for post in content["budget"]
        ]
        rows += [
            [_("Summa"), sida.label, "", written(sum_)] for sida, sum_ in content["sums"] if sum_
        ]
        rows.append([_("Hela objektet"), "", "", written(content["budget_sum"])])
        paper.rows([_("Post"), _("Sida"), _("Slag"), _("Belopp")], rows, (WIDE, NARROW, 30, 25))


def _risks(paper: Paper, risks: list[Any]) -> None:
    if risks:
        paper.heading(_("Risker"))
        rows = [[r.title, r.likelihood, r.consequence, r.measure] for r in risks]
        heads = [_("Risk"), _("Sannolikhet"), _("Konsekvens"), _("Åtgärd")]
        paper.rows(heads, rows, (40, NARROW, NARROW, 45))


def _agreements(paper: Paper, agreements: list[Any]) -> None:
    if agreements:
        paper.heading(_("Avtal som planen omfattar"))
        rows = [[row.avtal, row.avtal.leverantor] for row in agreements]
        paper.rows([_("Avtal"), _("Leverantör")], rows, (WIDE, 40))


def _signatures(paper: Paper, signed: list[Any]) -> None:
    paper.heading(_("Underskrifter"))
    if not signed:
        paper.prose(_("Ingen har undertecknat."))
    for signature in signed:
        day = date_format(signature.signed_at, "j F Y")
        paper.prose(f"{signature.person}, {signature.get_sida_display()}, {day}")
