"""What PostgreSQL can be asked and Django has no words for."""

from django.db.models import BooleanField, Func, IntegerField, Subquery


class IsOneOf(Func):
    """Whether something is in an array, which PostgreSQL has in hand before it looks at any row."""

    arity = 2
    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()


class Array(Func):
    """An array of what it is given."""

    template = "ARRAY[%(expressions)s]"


class Counted(Subquery):
    """The number of rows of a query, which may be cut short."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    empty_result_set_value = 0
    output_field = IntegerField()
