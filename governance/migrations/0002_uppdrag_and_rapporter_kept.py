"""What was sent, taken a stand on or decided stays as it is; an uppdrag keeps within its frame.

The actions say it first, with a sentence; these triggers hold raw SQL to it too.
"""

from django.db import migrations

RULES = r"""
CREATE FUNCTION regit_refuse(what text, name text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%', what USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = name;
END $$;

-- What a row says, without bookkeeping and the columns that may change.
CREATE FUNCTION regit_kept(kept jsonb, free text[]) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT kept - (free || ARRAY['version', 'updated_at', 'updated_by_id'])
$$;

CREATE FUNCTION regit_rapport_sent() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' OR regit_kept(to_jsonb(NEW), '{}') <> regit_kept(to_jsonb(OLD), '{}') THEN
    PERFORM regit_refuse('En skickad statusrapport ändras inte.', 'statusrapport_sent');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER statusrapport_sent BEFORE UPDATE OR DELETE ON governance_statusrapport
  FOR EACH ROW EXECUTE FUNCTION regit_rapport_sent();

CREATE FUNCTION regit_avvikelse_sent() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE free text[] := ARRAY['status', 'handled_on', 'handling'];
BEGIN
  IF TG_OP = 'DELETE' OR OLD.status = 'hanterad'
     OR regit_kept(to_jsonb(NEW), free) <> regit_kept(to_jsonb(OLD), free) THEN
    PERFORM regit_refuse('En rapporterad avvikelse ändras inte.', 'avvikelse_sent');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER avvikelse_sent BEFORE UPDATE OR DELETE ON governance_avvikelse
  FOR EACH ROW EXECUTE FUNCTION regit_avvikelse_sent();

CREATE FUNCTION regit_delgivning_kept() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.read_at IS NOT NULL
     OR regit_kept(to_jsonb(NEW), '{read_at}') <> regit_kept(to_jsonb(OLD), '{read_at}') THEN
    PERFORM regit_refuse('Vem som har nåtts ändras inte.', 'delgivning_kept');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER delgivning_kept BEFORE UPDATE OR DELETE ON governance_delgivning
  FOR EACH ROW EXECUTE FUNCTION regit_delgivning_kept();

CREATE FUNCTION regit_arende_kept() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE free text[] := ARRAY['status', 'decided_on', 'decision'];
BEGIN
  IF TG_OP = 'DELETE' OR OLD.status <> 'oppet' THEN
    PERFORM regit_refuse('Ett avgjort ärende ändras inte.', 'arende_closed');
  END IF;
  IF regit_kept(to_jsonb(NEW), free) <> regit_kept(to_jsonb(OLD), free)
     AND EXISTS (SELECT FROM governance_stallningstagande WHERE arende_id = OLD.id) THEN
    PERFORM regit_refuse('Någon har redan tagit ställning till ärendet.', 'arende_frozen');
  END IF;
  -- Two people, one for each side, who say the same.
  IF NEW.status IN ('bifallet', 'avslaget') AND NOT EXISTS (
    SELECT FROM governance_stallningstagande v
    JOIN governance_stallningstagande i ON i.arende_id = v.arende_id AND i.person_id <> v.person_id
    WHERE v.arende_id = NEW.id AND v.sida IN ('verksamhet', 'bada') AND i.sida IN ('it', 'bada')
      AND v.bifall = (NEW.status = 'bifallet') AND i.bifall = v.bifall) THEN
    PERFORM regit_refuse('Båda sidor i styrgruppen ska vara överens.', 'arende_decided_by_two');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER arende_kept BEFORE UPDATE OR DELETE ON governance_arende
  FOR EACH ROW EXECUTE FUNCTION regit_arende_kept();

CREATE FUNCTION regit_arende_open() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE about bigint; state text;
BEGIN
  about := CASE WHEN TG_OP = 'DELETE' THEN OLD.arende_id ELSE NEW.arende_id END;
  SELECT status INTO state FROM governance_arende WHERE id = about FOR SHARE;
  IF state <> 'oppet' THEN
    PERFORM regit_refuse('Ärendet är avgjort.', 'arende_closed');
  END IF;
  IF TG_OP = 'DELETE' OR TG_OP = 'UPDATE' AND (OLD.arende_id, OLD.person_id) <> (about, NEW.person_id) THEN
    PERFORM regit_refuse('Ett ställningstagande tas inte bort.', 'stallningstagande_kept');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER arende_open BEFORE INSERT OR UPDATE OR DELETE ON governance_stallningstagande
  FOR EACH ROW EXECUTE FUNCTION regit_arende_open();

CREATE FUNCTION regit_uppdrag_within() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE frame numeric; home bigint; state text; spent numeric;
BEGIN
  IF NEW.arende_id IS NOT NULL THEN
    SELECT objekt_id, status, coalesce(belopp, 0) INTO home, state, frame
      FROM governance_arende WHERE id = NEW.arende_id FOR NO KEY UPDATE;
    IF home <> NEW.objekt_id THEN
      PERFORM regit_refuse('Ärendet gäller ett annat objekt.', 'uppdrag_of_one_object');
    END IF;
  END IF;
  IF NEW.aktivitet_id IS NOT NULL THEN
    SELECT p.objekt_id INTO home FROM governance_aktivitet a
      JOIN governance_forvaltningsplan p ON p.id = a.plan_id
      WHERE a.id = NEW.aktivitet_id FOR NO KEY UPDATE OF a;
    IF home <> NEW.objekt_id THEN
      PERFORM regit_refuse('Aktiviteten hör till ett annat objekt.', 'uppdrag_of_one_object');
    END IF;
  END IF;
  IF NEW.status = 'avbrutet' OR coalesce(NEW.belopp, 0) = 0 THEN RETURN NEW; END IF;
  IF state = 'bifallet' THEN
    SELECT coalesce(sum(belopp), 0) INTO spent FROM governance_uppdrag
      WHERE arende_id = NEW.arende_id AND status <> 'avbrutet' AND id <> NEW.id;
  ELSIF NEW.aktivitet_id IS NOT NULL THEN
    SELECT coalesce(ram, 0) INTO frame FROM governance_aktivitet WHERE id = NEW.aktivitet_id;
    SELECT coalesce(sum(u.belopp), 0) INTO spent FROM governance_uppdrag u
      LEFT JOIN governance_arende a ON a.id = u.arende_id
      WHERE u.aktivitet_id = NEW.aktivitet_id AND u.status <> 'avbrutet' AND u.id <> NEW.id
        AND a.status IS DISTINCT FROM 'bifallet';
  ELSE
    frame := 0; spent := 0;
  END IF;
  IF spent + NEW.belopp > frame THEN
    PERFORM regit_refuse('Uppdraget kostar mer än vad som är kvar av ramen.', 'uppdrag_within_frame');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER uppdrag_within BEFORE INSERT OR UPDATE ON governance_uppdrag
  FOR EACH ROW EXECUTE FUNCTION regit_uppdrag_within();
"""

GONE = """
DROP TRIGGER statusrapport_sent ON governance_statusrapport;
DROP TRIGGER avvikelse_sent ON governance_avvikelse;
DROP TRIGGER delgivning_kept ON governance_delgivning;
DROP TRIGGER arende_kept ON governance_arende;
DROP TRIGGER arende_open ON governance_stallningstagande;
DROP TRIGGER uppdrag_within ON governance_uppdrag;
DROP FUNCTION regit_rapport_sent, regit_avvikelse_sent, regit_delgivning_kept, regit_arende_kept,
  regit_arende_open, regit_uppdrag_within, regit_kept, regit_refuse;
"""


class Migration(migrations.Migration):
    dependencies = [("governance", "0001_initial")]
    operations = [migrations.RunSQL(RULES, GONE)]
