"""Kostnadsrapporter: sent once and kept, each of an adopted plan of its object."""

from django.db import migrations

RULES = r"""
CREATE FUNCTION regit_kostnadsrapport_sent() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' OR regit_kept(to_jsonb(NEW), '{}') <> regit_kept(to_jsonb(OLD), '{}') THEN
    PERFORM regit_refuse('En skickad kostnadsrapport ändras inte.', 'kostnadsrapport_sent');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER kostnadsrapport_sent BEFORE UPDATE OR DELETE ON governance_kostnadsrapport
  FOR EACH ROW EXECUTE FUNCTION regit_kostnadsrapport_sent();

CREATE FUNCTION regit_kostnadsrapport_of_plan() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM governance_forvaltningsplan p
    WHERE p.id = NEW.plan_id AND p.objekt_id = NEW.objekt_id
      AND p.status IN ('faststalld', 'ersatt')
      AND NEW.until BETWEEN p.period_from AND p.period_to) THEN
    PERFORM regit_refuse('Rapporten gäller dagar i en fastställd plan för objektet.',
      'kostnadsrapport_of_plan');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER kostnadsrapport_of_plan BEFORE INSERT ON governance_kostnadsrapport
  FOR EACH ROW EXECUTE FUNCTION regit_kostnadsrapport_of_plan();
"""

GONE = """
DROP TRIGGER kostnadsrapport_of_plan ON governance_kostnadsrapport;
DROP TRIGGER kostnadsrapport_sent ON governance_kostnadsrapport;
DROP FUNCTION regit_kostnadsrapport_of_plan(), regit_kostnadsrapport_sent();
"""


class Migration(migrations.Migration):
    dependencies = [("governance", "0006_mote_kept")]
    operations = [migrations.RunSQL(RULES, GONE)]
