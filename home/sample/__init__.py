"""The sample programme: four courses in three languages and the people who took them.

Texts are YAML files, one folder a course; `manage.py load_sample_programme` loads them.
"""
