"""What happens when Wagtail publishes: the event is Wagtail's, the verb is ours."""
