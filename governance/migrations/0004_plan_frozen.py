"""A plan that was put forward is frozen, and adopted only by two people over the same content.

The actions say it first, with a sentence; these triggers hold raw SQL to it too.
"""

from django.db import migrations

ROWS = ("mal", "aktivitet", "budgetpost", "planrisk", "planavtal")

RULES = r"""
-- FOR SHARE waits for whoever freezes the plan at this moment.
CREATE FUNCTION regit_plan_row() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE plan bigint; standing text;
BEGIN
  FOREACH plan IN ARRAY CASE TG_OP WHEN 'INSERT' THEN ARRAY[NEW.plan_id]
      WHEN 'DELETE' THEN ARRAY[OLD.plan_id] ELSE ARRAY[OLD.plan_id, NEW.plan_id] END LOOP
    SELECT status INTO standing FROM governance_forvaltningsplan WHERE id = plan FOR SHARE;
    IF standing <> 'utkast' THEN
      PERFORM regit_refuse('En framlagd plan ändras inte.', 'plan_frozen');
    END IF;
  END LOOP;
  RETURN COALESCE(NEW, OLD);
END $$;

CREATE FUNCTION regit_plan() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE signed bigint;
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.status <> 'utkast' THEN
      PERFORM regit_refuse('En framlagd plan tas inte bort.', 'plan_frozen');
    END IF;
    RETURN OLD;
  END IF;
  IF OLD.status <> 'utkast' AND (NEW.period_from, NEW.period_to, NEW.summary, NEW.number, NEW.objekt_id)
     IS DISTINCT FROM (OLD.period_from, OLD.period_to, OLD.summary, OLD.number, OLD.objekt_id) THEN
    PERFORM regit_refuse('En framlagd plan ändras inte.', 'plan_frozen');
  END IF;
  IF NEW.status <> OLD.status AND (OLD.status, NEW.status) NOT IN (('utkast', 'framlagd'),
      ('framlagd', 'utkast'), ('framlagd', 'faststalld'), ('faststalld', 'ersatt')) THEN
    PERFORM regit_refuse('Planen går inte från ' || OLD.status || ' till ' || NEW.status || '.', 'plan_steps');
  END IF;
  IF OLD.status <> 'utkast' AND NEW.status <> 'utkast' AND NEW.content_hash <> OLD.content_hash THEN
    PERFORM regit_refuse('En framlagd plan ändras inte.', 'plan_frozen');
  END IF;
  IF NEW.status = 'faststalld' AND OLD.status <> 'faststalld' THEN
    SELECT count(DISTINCT person_id) INTO signed FROM governance_underskrift
      WHERE plan_id = NEW.id AND content_hash = NEW.content_hash;
    IF signed < 2 THEN
      PERFORM regit_refuse('Planen fastställs av två personer.', 'plan_two_signatures');
    END IF;
  END IF;
  IF NEW.status = 'utkast' AND EXISTS (SELECT FROM governance_underskrift WHERE plan_id = NEW.id) THEN
    PERFORM regit_refuse('Ett utkast har inga underskrifter.', 'plan_two_signatures');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER plan_frozen BEFORE UPDATE OR DELETE ON governance_forvaltningsplan
  FOR EACH ROW EXECUTE FUNCTION regit_plan();

CREATE FUNCTION regit_new_plan() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status <> 'utkast' THEN
    PERFORM regit_refuse('En plan börjar som utkast.', 'plan_steps');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER plan_begins BEFORE INSERT ON governance_forvaltningsplan
  FOR EACH ROW EXECUTE FUNCTION regit_new_plan();

CREATE FUNCTION regit_underskrift() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE plan governance_forvaltningsplan;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    PERFORM regit_refuse('En underskrift ändras inte.', 'underskrift_kept');
  END IF;
  SELECT * INTO plan FROM governance_forvaltningsplan
    WHERE id = COALESCE(NEW.plan_id, OLD.plan_id) FOR SHARE;
  IF plan.status <> 'framlagd' OR (TG_OP = 'INSERT' AND NEW.content_hash <> plan.content_hash) THEN
    PERFORM regit_refuse('En underskrift gäller en framlagd plan och dess innehåll.', 'underskrift_kept');
  END IF;
  RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER underskrift_kept BEFORE INSERT OR UPDATE OR DELETE ON governance_underskrift
  FOR EACH ROW EXECUTE FUNCTION regit_underskrift();
"""
ROW = """
CREATE TRIGGER plan_frozen BEFORE INSERT OR UPDATE OR DELETE ON governance_{row}
  FOR EACH ROW EXECUTE FUNCTION regit_plan_row();
"""
UNDO = """
DROP TRIGGER plan_frozen ON governance_{row};
"""
DROP = """
DROP TRIGGER underskrift_kept ON governance_underskrift;
DROP TRIGGER plan_begins ON governance_forvaltningsplan;
DROP TRIGGER plan_frozen ON governance_forvaltningsplan;
DROP FUNCTION regit_underskrift(), regit_new_plan(), regit_plan(), regit_plan_row();
"""


class Migration(migrations.Migration):
    dependencies = [("governance", "0003_avtal_day")]

    operations = [
        migrations.RunSQL(
            RULES + "".join(ROW.format(row=row) for row in ROWS),
            "".join(UNDO.format(row=row) for row in ROWS) + DROP,
        )
    ]
