"""An object that is wound up has only systems that are wound up too: the database says it last.

Just what winding an object up demands of its systems. Rows that are otherwise already are left as
they are, until their status, livscykel or object is changed.
"""

from django.db import migrations

ONLY_AVVECKLADE = """
CREATE FUNCTION regit_avvecklat_has_no_living_system() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
  one bigint;
  called text;
  state text;
BEGIN
  IF TG_TABLE_NAME = 'governance_forvaltningsobjekt' THEN
    one := NEW.id;
  ELSE
    one := NEW.objekt_id;
  END IF;
  -- As for the five roles: the lock makes one of two transactions wait for the other, and it is by
  -- id alone, since a condition on the status would be judged before the wait.
  SELECT name, status INTO called, state FROM governance_forvaltningsobjekt
    WHERE id = one FOR NO KEY UPDATE;
  IF state = 'avvecklat' AND EXISTS (
    SELECT FROM governance_informationssystem WHERE objekt_id = one AND livscykel <> 'avvecklat'
  ) THEN
    RAISE EXCEPTION 'Förvaltningsobjekt % är avvecklat men har system som inte är avvecklade.', one
      USING ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'avvecklat_has_no_living_system', DETAIL = called;
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER governance_system_made_in_living
  AFTER INSERT ON governance_informationssystem
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.livscykel <> 'avvecklat')
  EXECUTE FUNCTION regit_avvecklat_has_no_living_system();

CREATE CONSTRAINT TRIGGER governance_system_kept_in_living
  AFTER UPDATE ON governance_informationssystem
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.livscykel <> 'avvecklat'
    AND (OLD.livscykel, OLD.objekt_id) IS DISTINCT FROM (NEW.livscykel, NEW.objekt_id))
  EXECUTE FUNCTION regit_avvecklat_has_no_living_system();

CREATE CONSTRAINT TRIGGER governance_objekt_avvecklat
  AFTER UPDATE ON governance_forvaltningsobjekt
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.status = 'avvecklat' AND OLD.status <> 'avvecklat')
  EXECUTE FUNCTION regit_avvecklat_has_no_living_system();
"""

ANY = """
DROP TRIGGER governance_objekt_avvecklat ON governance_forvaltningsobjekt;
DROP TRIGGER governance_system_kept_in_living ON governance_informationssystem;
DROP TRIGGER governance_system_made_in_living ON governance_informationssystem;
DROP FUNCTION regit_avvecklat_has_no_living_system();
"""


class Migration(migrations.Migration):
    dependencies = [("governance", "0012_moves"), ("roles", "0008_roles_found_apart")]

    operations = [migrations.RunSQL(ONLY_AVVECKLADE, ANY)]
