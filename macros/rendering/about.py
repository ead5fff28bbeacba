"""Macros on sources, on what changed and on what is not known."""

from ..models import Change, Remark
from ..models.base import ChangeRef, DocumentRef, OwnPageRef, RemarkRef, SectionRef, TopicRef
from ..models.labels import label
from .core import Core
from .licences import SHIPPED
from .register import macro

REMARK_KINDS = label(Remark).fields["kind"].choices


# a page with more notes of today shows their titles, which unfold
MOST_OPEN = 7


class About(Core):
    """`source`, `today`, `change`, `changes`, `remark`, `remarks` and the lists of /about/."""

    @macro()
    def source(self, *references: SectionRef) -> str:
        """Return the line that names the sections of the sources a page rests on."""
        return self.render("source", references=list(references))

    @macro("changes.yml")
    def today(self, page: OwnPageRef) -> str:
        """Return all notes of today for a page."""
        notes = self.changes_of("pages", page)
        placed = [one for one in notes if any(f"methods/{step.partition(':')[0]}" == page for step in one.steps)]
        return self._notes([one for one in notes if one not in placed], placed)

    @macro("changes.yml")
    def change(self, name: ChangeRef) -> str:
        """Return one note of today."""
        return self._notes(self.of_kind(self.guide.changes, "id", name), [])

    def _notes(self, changes: list[Change], placed: list[Change]) -> str:
        return self.render("today", changes=changes, placed=placed, folded=len(changes) > MOST_OPEN)

    @macro("changes.yml", home="changes", owed=True)
    def changes(self, topic: TopicRef) -> str:
        """Return all notes of today on a topic."""
        return self.render("changes", changes=self.of_kind(self.guide.changes, "topic", topic))

    @macro("remarks.yml")
    def remark(self, name: RemarkRef) -> str:
        """Return the note on a damaged or doubtful passage."""
        chosen = next(remark for remark in self.guide.remarks if remark.id == name)
        return self.render("remark", remark=chosen)

    @macro("remarks.yml")
    def remarks_of(self, page: OwnPageRef, *shown: RemarkRef) -> str:
        """Return what the sources lack for a page, and its remarks that its text does not show already."""
        left = [remark for remark in self.guide.remarks if page in remark.pages and remark.id not in shown]
        return self.render("remarks-of", remarks=left, absent=self.absent_of(page))

    @macro("remarks.yml", home="about/index")
    def remarks(self) -> str:
        """Return all remarks by kind."""
        return self.render("remarks", kinds=REMARK_KINDS)

    @macro("lost-figures.yml", home="about/index")
    def lost_figures(self) -> str:
        """Return the figures whose content did not survive."""
        return self.render("lost-figures")

    @macro("open-questions.yml", home="about/index")
    def open_questions(self) -> str:
        """Return what could not be confirmed."""
        return self.render("open-questions")

    @macro("documents.yml", home="about/index")
    def documents(self) -> str:
        """Return the two source documents."""
        return self.render("documents")

    @macro("documents.yml")
    def colophon(self, name: DocumentRef) -> str:
        """Return the colophon of a source document."""
        return self.render("colophon", document=next(one for one in self.guide.documents if one.id == name))

    @macro("guidebook.yml", home="guide/index", part="editions")
    def editions(self) -> str:
        """Return the three parts the guidebook was published in."""
        return self.render("editions")

    @macro("guidebook.yml", home="guide/index", part="contents")
    def contents(self) -> str:
        """Return the table of contents of the 235-page edition and what is held here."""
        return self.render("contents")

    @macro("guidebook.yml", home="guide/index", part="web_files")
    def web_files(self) -> str:
        """Return the PDF files offered in 2012."""
        return self.render("plain-list", items=[file.title for file in self.guide.guidebook.web_files])

    @macro("site.yml", home="about/index")
    def operator(self) -> str:
        """Return who runs the site, or that this is still to be filled in."""
        return self.render("operator", operator=self.guide.site.operator)

    @macro(home="about/index")
    def shipped_parts(self) -> str:
        """Return what the site ships that others made, with the licences."""
        return self.render("shipped-parts", parts=SHIPPED)

    @macro("tasks.yml", home="index")
    def tasks(self) -> str:
        """Return the doors of the home page."""
        return self.render("tasks")
