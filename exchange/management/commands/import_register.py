"""import_register: move a spreadsheet into the register, all or nothing, after saying what it does."""

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any, NoReturn

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from exchange.importing import Instructions, Plan, confirm, make_plan, saved
from exchange.importing.applying import require
from exchange.importing.plan import CONSEQUENCES, Fate, summary_of
from exchange.management.output import why
from exchange.reading import Book, read
from governance.access import Forbidden
from roles.models import User

SHOWN = 20
BAD_INPUT = 2


class Command(BaseCommand):
    """Exit status 0: done, or would be; 1: the file has errors; 2: the command was given wrongly."""

    help = (
        "Läs in ett kalkylark (XLSX, CSV eller JSON) i registret. Visar vad som blir nytt, ändras och "
        "hoppas över. Har filen fel sparas ingenting (slutstatus 1)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say how the file is to be read, by whom and why."""
        add = parser.add_argument
        add("file", metavar="FILE", help="Filen som ska läsas in.")
        add("--dry-run", action="store_true", help="Visa vad importen gör, men spara ingenting.")
        add("--reason", default="", metavar="TEXT", help="Anledning, som står i historiken.")
        add(
            "--user",
            metavar="NAME",
            help="Användarnamn för den som importerar. Utan: RegIT självt.",
        )
        add(
            "--map",
            nargs="+",
            action="extend",
            default=[],
            metavar="heading=field",
            help="Kolumn=fält, eller kolumn:värde=registrets värde. ”Kolumn=” blir övrig uppgift.",
        )
        add("--mapping", metavar="NAME", help="Använd en sparad mappning.")
        add("--save-mapping", metavar="NAME", help="Spara mappningen till nästa gång.")
        add(
            "--group-by",
            metavar="COLUMN",
            help="Kolumn som samlar system till förvaltningsobjekt (utkast). ”-” är ingen.",
        )
        add(
            "--company",
            action="append",
            default=[],
            metavar="NAME",
            help="Organisation som är ett kommunalt bolag; dess rader hoppas över (avsnitt 2.2).",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Read, plan, say, and unless it is a dry run, write."""
        actor = self._actor(options["user"])
        book = self._book(options["file"])
        try:
            instructions = self._instructions(book, options)
            rows = sum(len(sheet.rows) for sheet in book.sheets)
            self.stderr.write(f"Jämför {rows} rader med registret")
            plan = make_plan(actor, book, instructions)
        except ValidationError as error:
            _fail(" ".join(error.messages))
        if options["save_mapping"]:
            self._save_mapping(actor, options["save_mapping"], instructions)
        self._show(book, instructions, plan)
        if plan.errors:
            raise CommandError("Filen har fel. Ingenting är sparat.", returncode=1)
        if options["dry_run"]:
            self.stdout.write("Provkörning: ingenting är sparat.")
        elif plan.does_nothing:
            self.stdout.write("Registret stämmer redan med filen. Ingenting ändrades.")
        else:
            self._write(actor, book, instructions, plan, options)

    def _actor(self, username: str | None) -> User | None:
        if username is None:
            return None
        actor: User | None = User.objects.filter(username=username, is_active=True).first()
        if actor is None:
            _fail(f"Ingen aktiv användare heter {username}.")
        try:
            require(actor)
        except Forbidden:
            _fail(f"{username} får inte importera till registret. Det får Administratörer.")
        return actor

    def _book(self, name: str) -> Book:
        path = Path(name)
        self.stderr.write(f"Läser {path.name}")
        try:
            with path.open("rb") as file:
                return read(file, path.name)
        except OSError as error:
            _fail(f"Filen {name} kan inte öppnas: {why(error)}.")
        except ValidationError as error:
            _fail(" ".join(error.messages))

    def _instructions(self, book: Book, options: dict[str, Any]) -> Instructions:
        if options["mapping"]:
            instructions = saved.load(options["mapping"], book)
        else:
            instructions = Instructions.guess(book)
        instructions = instructions.stated(book, options["map"])
        if options["group_by"]:
            instructions = instructions.grouped(book, options["group_by"])
        if options["map"]:
            instructions = instructions.with_recognised_companies(book)
        return instructions.without(options["company"])

    def _save_mapping(self, actor: User | None, name: str, instructions: Instructions) -> None:
        try:
            mapping = saved.save(actor, name, instructions)
        except ValidationError as error:
            _fail(" ".join(error.messages))
        self.stderr.write(f"Mappningen är sparad som ”{mapping}”.")

    def _show(self, book: Book, instructions: Instructions, plan: Plan) -> None:
        """Print how the file was understood, what it would do, and what is wrong."""
        say = self.stdout.write
        for sheet in book.sheets:
            counts = Counter(line.fate for line in plan.lines if line.sheet == sheet.name)
            if sheet.name in instructions.mappings:
                subject = instructions.mappings[sheet.name].subject
                say(f"Blad {sheet.name} ({subject}): {summary_of(counts)}")
            else:
                say(f"Blad {sheet.name}: läses inte")
        if instructions.group_by:
            say(f"Grupperas till förvaltningsobjekt efter kolumnen {instructions.group_by}")
        self._show_lines(plan)
        self._show_consequences(plan)
        self._show_list("Att titta på", [str(problem) for problem in plan.warnings])
        self._show_list("Fel", [str(problem) for problem in plan.errors], most=1000)

    def _show_lines(self, plan: Plan) -> None:
        changed = [
            f"Rad {line.row}, {line.name}: {change.label}: {change.old or '–'} → {change.new}"
            for line in plan.lines
            if line.fate is Fate.CHANGED
            for change in line.changes
        ]
        skipped = [
            f"Rad {line.row}, {line.name}: {line.note}"
            for line in plan.lines
            if line.fate is Fate.SKIPPED
        ]
        self._show_list("Ändras", changed, most=100)
        self._show_list("Hoppas över", skipped, most=100)

    def _show_consequences(self, plan: Plan) -> None:
        for kind, title in CONSEQUENCES.items():
            found = [c for c in plan.consequences if c.kind == kind]
            self._show_list(
                str(title), [f"{c.name} ({c.note})" if c.note else c.name for c in found]
            )

    def _show_list(self, title: str, sentences: list[str], most: int = SHOWN) -> None:
        if not sentences:
            return
        self.stdout.write(f"\n{title}: {len(sentences)}")
        for sentence in sentences[:most]:
            self.stdout.write(f"  {sentence}")
        if len(sentences) > most:
            self.stdout.write(f"  … och {len(sentences) - most} till")

    def _write(
        self,
        actor: User | None,
        book: Book,
        instructions: Instructions,
        plan: Plan,
        options: dict[str, Any],
    ) -> None:
        reason = options["reason"] or f"Import av {Path(options['file']).name}"
        try:
            confirm(
                actor,
                book,
                instructions,
                plan.fingerprint,
                reason=reason,
                say=self.stderr.write,
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages), returncode=1) from error
        self.stdout.write(f"\nInläst: {plan.summary(done=True)}.")


def _fail(sentence: str) -> NoReturn:
    """Stop for what the command was given: nothing was looked at."""
    raise CommandError(sentence, returncode=BAD_INPUT)
