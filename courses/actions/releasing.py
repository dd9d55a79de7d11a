"""How what was just written goes out: live, or to whoever reviews it."""


def publish(made, by):
    made.save_revision(user=by).publish(user=by)
    return again(made)


def submit(made, by):
    """As a draft, into the workflow that the site has for it, if any."""
    made.save_revision(user=by)
    workflow = made.get_workflow()
    if workflow and not made.workflow_in_progress:
        workflow.start(again(made), by)
    return again(made)


def again(made):
    """As the database has it now: publishing works on a copy of its own."""
    return type(made).objects.get(pk=made.pk)
