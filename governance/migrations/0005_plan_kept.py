"""An adopted plan keeps the day it was adopted, and a goal keeps what was measured."""

from django.db import migrations

RULES = r"""
CREATE FUNCTION regit_adopted_kept() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE free text[] := CASE WHEN OLD.status = 'faststalld' AND NEW.status = 'ersatt'
  THEN ARRAY['status', 'superseded_on'] ELSE ARRAY[]::text[] END;
BEGIN
  IF regit_kept(to_jsonb(NEW), free) <> regit_kept(to_jsonb(OLD), free) THEN
    PERFORM regit_refuse('En fastställd plan ändras inte.', 'plan_adopted_kept');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER plan_adopted_kept BEFORE UPDATE ON governance_forvaltningsplan
  FOR EACH ROW WHEN (OLD.status IN ('faststalld', 'ersatt')) EXECUTE FUNCTION regit_adopted_kept();

CREATE FUNCTION regit_malmatning_kept() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM regit_refuse('En uppföljning ändras inte. Gör en ny.', 'malmatning_kept');
  RETURN OLD;
END $$;
CREATE TRIGGER malmatning_kept BEFORE UPDATE OR DELETE ON governance_malmatning
  FOR EACH ROW EXECUTE FUNCTION regit_malmatning_kept();
"""

GONE = """
DROP TRIGGER malmatning_kept ON governance_malmatning;
DROP TRIGGER plan_adopted_kept ON governance_forvaltningsplan;
DROP FUNCTION regit_malmatning_kept(), regit_adopted_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("governance", "0004_plan_frozen")]
    operations = [migrations.RunSQL(RULES, GONE)]
