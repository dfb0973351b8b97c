"""Starts a worker of the fault tests: `python -m tests.faults CHANGE`."""

import os
import sys
from importlib import import_module

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "regit.settings.development")
django.setup()
import_module("tests.faults.worker").main(*sys.argv[1:])
