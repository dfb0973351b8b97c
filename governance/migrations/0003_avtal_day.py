"""The last day of an agreement, or the last to give notice, as SQL computes it (governance/steering/notice.py)."""

from django.db import migrations

# The last day of a period that ends on `last`, or the day `back` months before its end. From the day
# that notice can no longer be given the period is `longer` months longer, at most `remaining` times.
DAY = """
CREATE OR REPLACE FUNCTION regit_avtal_day(
  last date, notice integer, longer integer, remaining integer, today date, back integer
) RETURNS date LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  edge date := last + 1;
  times integer := 0;
  missing integer;
  month_end date;
BEGIN
  IF last IS NULL THEN
    RETURN NULL;
  END IF;
  IF longer > 0 THEN
    missing := 12 * (extract(year FROM today) - extract(year FROM edge))
      + extract(month FROM today) - extract(month FROM edge);
    month_end := (today - extract(day FROM today)::integer + 1 + interval '1 month')::date - 1;
    IF least(extract(day FROM edge), extract(day FROM month_end)) <= extract(day FROM today) THEN
      missing := missing + 1;
    END IF;
    times := greatest(ceil((missing + notice)::numeric / longer), 0);
    times := least(times, coalesce(remaining, times));
  END IF;
  RETURN (edge + make_interval(months => times * longer - back))::date - 1;
END $$;
"""
NO_DAY = "DROP FUNCTION regit_avtal_day(date, integer, integer, integer, date, integer)"


class Migration(migrations.Migration):
    dependencies = [("governance", "0002_uppdrag_and_rapporter_kept")]
    operations = [migrations.RunSQL(DAY, NO_DAY)]
