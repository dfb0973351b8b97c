"""A meeting whose minutes were put forward is frozen; approved by all who are to, over one content.

The actions say it first, with a sentence; these triggers hold raw SQL to it too.
"""

from django.db import migrations

RULES = r"""
CREATE FUNCTION regit_mote() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE free text[] := ARRAY['status', 'content_hash'];
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.status <> 'utkast' THEN
      PERFORM regit_refuse('Ett möte som har kallats till tas inte bort.', 'mote_kept');
    END IF;
    RETURN OLD;
  END IF;
  IF OLD.status IN ('framlagt', 'justerat', 'installt')
     AND regit_kept(to_jsonb(NEW), free) <> regit_kept(to_jsonb(OLD), free) THEN
    PERFORM regit_refuse('Mötet ändras inte mer.', 'mote_frozen');
  END IF;
  IF NEW.status <> OLD.status AND (OLD.status, NEW.status) NOT IN (('utkast', 'kallat'),
      ('utkast', 'hallet'), ('utkast', 'installt'), ('kallat', 'hallet'), ('kallat', 'installt'),
      ('hallet', 'framlagt'), ('framlagt', 'hallet'), ('framlagt', 'justerat')) THEN
    PERFORM regit_refuse('Mötet går inte från ' || OLD.status || ' till ' || NEW.status || '.', 'mote_steps');
  END IF;
  IF OLD.status IN ('framlagt', 'justerat') AND NEW.status <> 'hallet'
     AND NEW.content_hash <> OLD.content_hash THEN
    PERFORM regit_refuse('Mötet ändras inte mer.', 'mote_frozen');
  END IF;
  IF NEW.status = 'hallet' AND OLD.status = 'framlagt' AND EXISTS (
    SELECT FROM governance_motesdeltagare WHERE mote_id = NEW.id AND approved_at IS NOT NULL) THEN
    PERFORM regit_refuse('Justeringar faller när protokollet tas tillbaka.', 'mote_approvals_fall');
  END IF;
  IF NEW.status = 'justerat' AND OLD.status <> 'justerat' AND (NOT EXISTS (
      SELECT FROM governance_motesdeltagare WHERE mote_id = NEW.id AND ledamot AND attended)
    OR EXISTS (SELECT FROM governance_motesdeltagare WHERE mote_id = NEW.id AND ledamot AND attended
      AND (approved_at IS NULL OR approved_hash <> NEW.content_hash))) THEN
    PERFORM regit_refuse('Alla som ska justera har inte justerat.', 'mote_approved_by_all');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER mote_kept BEFORE UPDATE OR DELETE ON governance_mote
  FOR EACH ROW EXECUTE FUNCTION regit_mote();

CREATE FUNCTION regit_mote_begins() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.status IN ('framlagt', 'justerat') THEN
    PERFORM regit_refuse('Ett protokoll läggs fram innan det justeras.', 'mote_steps');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER mote_begins BEFORE INSERT ON governance_mote
  FOR EACH ROW EXECUTE FUNCTION regit_mote_begins();

-- FOR SHARE waits for whoever puts the minutes forward at this moment.
CREATE FUNCTION regit_mote_item() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE one bigint; standing text; home bigint; other bigint;
BEGIN
  FOREACH one IN ARRAY CASE TG_OP WHEN 'INSERT' THEN ARRAY[NEW.mote_id]
      WHEN 'DELETE' THEN ARRAY[OLD.mote_id] ELSE ARRAY[OLD.mote_id, NEW.mote_id] END LOOP
    SELECT status, objekt_id INTO standing, home FROM governance_mote WHERE id = one FOR SHARE;
    IF standing IN ('framlagt', 'justerat', 'installt') THEN
      PERFORM regit_refuse('Mötets dagordning ändras inte mer.', 'mote_frozen');
    END IF;
  END LOOP;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  SELECT objekt_id INTO other FROM governance_arende WHERE id = NEW.arende_id;
  IF other <> home THEN
    PERFORM regit_refuse('Ärendet gäller ett annat objekt.', 'mote_of_one_object');
  END IF;
  SELECT objekt_id INTO other FROM governance_avvikelse WHERE id = NEW.avvikelse_id;
  IF other <> home THEN
    PERFORM regit_refuse('Avvikelsen gäller ett annat objekt.', 'mote_of_one_object');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER mote_frozen BEFORE INSERT OR UPDATE OR DELETE ON governance_dagordningspunkt
  FOR EACH ROW EXECUTE FUNCTION regit_mote_item();

CREATE FUNCTION regit_mote_person() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE one bigint; standing text; content text; free text[] := ARRAY['approved_at', 'approved_hash'];
BEGIN
  FOREACH one IN ARRAY CASE TG_OP WHEN 'INSERT' THEN ARRAY[NEW.mote_id]
      WHEN 'DELETE' THEN ARRAY[OLD.mote_id] ELSE ARRAY[OLD.mote_id, NEW.mote_id] END LOOP
    SELECT status, content_hash INTO standing, content FROM governance_mote WHERE id = one FOR SHARE;
    IF standing IN ('justerat', 'installt') OR standing = 'framlagt' AND (TG_OP <> 'UPDATE'
        OR regit_kept(to_jsonb(NEW), free) <> regit_kept(to_jsonb(OLD), free)) THEN
      PERFORM regit_refuse('Vilka som kallades och kom ändras inte mer.', 'mote_frozen');
    END IF;
  END LOOP;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  IF NEW.approved_at IS NOT NULL AND (standing <> 'framlagt' OR NEW.approved_hash <> content
      OR NOT (NEW.ledamot AND coalesce(NEW.attended, false))) THEN
    PERFORM regit_refuse('En justering gäller ett framlagt protokoll och görs av den som var med.', 'mote_approval');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER mote_frozen BEFORE INSERT OR UPDATE OR DELETE ON governance_motesdeltagare
  FOR EACH ROW EXECUTE FUNCTION regit_mote_person();
"""

GONE = """
DROP TRIGGER mote_frozen ON governance_motesdeltagare;
DROP TRIGGER mote_frozen ON governance_dagordningspunkt;
DROP TRIGGER mote_begins ON governance_mote;
DROP TRIGGER mote_kept ON governance_mote;
DROP FUNCTION regit_mote_person, regit_mote_item, regit_mote_begins, regit_mote;
"""


class Migration(migrations.Migration):
    dependencies = [("governance", "0005_plan_kept")]
    operations = [migrations.RunSQL(RULES, GONE)]
