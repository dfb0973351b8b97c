"""An object in management has its five roles from today, for ever: the database says it last.

Also: a role held on a named system is held on the object that the system belongs to.
"""

from django.db import migrations

COVERED = """
CREATE FUNCTION regit_five_roles_covered() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
  today date := (now() AT TIME ZONE 'Europe/Stockholm')::date;
  checked bigint[];
  one bigint;
  missing text;
  state text;
BEGIN
  -- Two transactions that each leave half a gap see each other only under READ COMMITTED.
  IF current_setting('transaction_isolation') = 'repeatable read' THEN
    RAISE EXCEPTION 'Bemanning kräver READ COMMITTED eller SERIALIZABLE.'
      USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  IF TG_TABLE_NAME = 'governance_forvaltningsobjekt' THEN
    checked := ARRAY[NEW.id];
  ELSE
    IF TG_OP <> 'DELETE' THEN checked := ARRAY[NEW.objekt_id]; END IF;
    IF TG_OP <> 'INSERT' THEN checked := checked || OLD.objekt_id; END IF;
  END IF;
  FOREACH one IN ARRAY checked LOOP
    -- NO KEY UPDATE: strong enough against another gap, and no quarrel with foreign keys. By id
    -- alone: a condition on the status would be judged before the wait, on an old version.
    SELECT status INTO state FROM governance_forvaltningsobjekt
      WHERE id = one FOR NO KEY UPDATE;
    IF state = 'i_forvaltning' THEN
      SELECT string_agg(r.role, ',' ORDER BY r.place) INTO missing
      FROM unnest(ARRAY['namnd', 'objektagare', 'objektagare_it', 'forvaltningsledare',
                        'forvaltningsledare_it']) WITH ORDINALITY AS r(role, place)
      WHERE NOT coalesce((
        SELECT range_agg(daterange(a.valid_from, a.valid_to, '[]')) @> daterange(today, NULL)
        FROM roles_roleassignment a WHERE a.objekt_id = one AND a.role = r.role), false);
      IF missing IS NOT NULL THEN
        RAISE EXCEPTION 'Förvaltningsobjekt % saknar %.', one, missing
          USING ERRCODE = 'integrity_constraint_violation',
                CONSTRAINT = 'five_roles_covered', DETAIL = missing;
      END IF;
    END IF;
  END LOOP;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER roles_assignment_covered
  AFTER INSERT OR UPDATE OR DELETE ON roles_roleassignment
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION regit_five_roles_covered();

CREATE CONSTRAINT TRIGGER governance_objekt_covered
  AFTER INSERT OR UPDATE ON governance_forvaltningsobjekt
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION regit_five_roles_covered();
"""

UNCOVERED = """
DROP TRIGGER governance_objekt_covered ON governance_forvaltningsobjekt;
DROP TRIGGER roles_assignment_covered ON roles_roleassignment;
DROP FUNCTION regit_five_roles_covered();
"""

NAMED = """
ALTER TABLE governance_informationssystem
  ADD CONSTRAINT system_in_objekt UNIQUE (id, objekt_id);
ALTER TABLE roles_roleassignment
  ADD CONSTRAINT assignment_system_in_objekt FOREIGN KEY (system_id, objekt_id)
  REFERENCES governance_informationssystem (id, objekt_id) DEFERRABLE INITIALLY DEFERRED;
"""

UNNAMED = """
ALTER TABLE roles_roleassignment DROP CONSTRAINT assignment_system_in_objekt;
ALTER TABLE governance_informationssystem DROP CONSTRAINT system_in_objekt;
"""


class Migration(migrations.Migration):
    dependencies = [("roles", "0002_initial")]

    operations = [
        migrations.RunSQL(COVERED, UNCOVERED),
        migrations.RunSQL(NAMED, UNNAMED),
    ]
