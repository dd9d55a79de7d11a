"""What happens to courses and questions: verbs, the only writers."""
