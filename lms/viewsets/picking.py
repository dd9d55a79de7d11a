from .scoped import VerbCreateView


class NamingView(VerbCreateView):
    """A search that found people is a question beside its field, not a failure."""

    def is_valid(self, form):
        is_valid = super().is_valid(form)
        if form.is_asking:
            self.produced_error_message = None
        return is_valid
