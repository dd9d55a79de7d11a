"""Four courses in three languages and the people who took them."""

from django.core.management.base import BaseCommand
from django.utils import translation

from home.sample import pages, reading
from home.sample.people import load_people


class Command(BaseCommand):
    help = (
        "Loads the sample programme. Safe to repeat: what is there stays as it is, "
        "and a load that was interrupted goes on where it stopped."
    )

    def handle(self, **options):
        with translation.override("en"):
            self.load_courses()
            self.load_cohorts()
            if pages.open_site():
                self.say("The site is open.")

    def load_courses(self):
        indexes = pages.load_site()
        if terms := pages.load_terms():
            self.say(f"Glossary: {terms} entries in three languages.")
        for course in reading.read_courses():
            if page := pages.load_course(course, indexes):
                self.say(
                    f"Course: {page.title}, {len(course.lessons)} lessons, "
                    f"{len(course.questions)} questions."
                )

    def load_cohorts(self):
        cohorts = load_people()
        for cohort in cohorts:
            places = cohort.enrolments.count()
            self.say(f"Cohort: {cohort}, {places} participants.")
        if not cohorts:
            self.say("Everything is there already.")

    def say(self, line: str):
        self.stdout.write(f"  {line}")
