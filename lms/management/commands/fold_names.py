from django.core.management import BaseCommand

from lms.search_keys import fold_people


class Command(BaseCommand):
    help = "Writes anew by what people are found, after a change of the folding."

    def handle(self, **options):
        count = fold_people(all_of_them=True)
        self.stdout.write(f"Search keys written: {count}.")
