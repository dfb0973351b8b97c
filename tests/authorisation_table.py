"""The authorisation table: see tests/test_authorisation.py for what columns and cells mean."""

TABLE = """
method url                                                        anon  out   else  rep   oa    oait  fl    flit  sf    its   sda   rev   adm
 # governance
GET    governance:objekt_list()                                   login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:objekt_detail(objekt)                           login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:objekt_detail(draft)                            login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:objekt_create()                                 login 403   403   403   403   403   403   403   403   403   403   403   ok
POST   governance:objekt_create()                                 login 403   403   403   403   403   403   403   403   403   403   403   ok
GET    governance:objekt_change(objekt)                           login 403   403   403   403   403   ok    403   403   403   403   403   ok
POST   governance:objekt_change(objekt)                           login 403   403   403   403   403   ok    403   403   403   403   403   ok
POST   governance:objekt_verify(objekt)                           login 403   403   403   403   403   ok    403   403   403   403   403   ok
GET    governance:objekt_history(objekt)                          login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:system_list()                                   login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:system_similar()                                login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:system_search()                                 login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:objekt_search()                                 login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:leverantor_search()                             login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:system_create(objekt)                           login 403   403   403   403   403   ok    403   403   403   403   403   ok
POST   governance:system_create(objekt)                           login 403   403   403   403   403   ok    403   403   403   403   403   ok
GET    governance:system_detail(system)                           login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:system_detail(hidden)                           login 404   404   ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:system_change(system)                           login 403   403   403   403   403   ok    403   403   403   403   403   ok
POST   governance:system_change(system)                           login 403   403   403   403   403   ok    403   403   403   403   403   ok
GET    governance:system_change(hidden)                           login 404   404   403   403   403   ok    403   403   403   403   403   ok
GET    governance:system_livscykel(system)                        login 403   403   403   ok    403   403   403   403   403   403   403   ok
POST   governance:system_livscykel(system)                        login 403   403   403   ok    403   403   403   403   403   403   403   ok
GET    governance:system_livscykel(hidden)                        login 404   404   403   ok    403   403   403   403   403   403   403   ok
GET    governance:system_history(system)                          login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:system_history(hidden)                          login 404   404   ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:informationsmangd_create(system)                login 403   403   403   403   403   ok    403   403   403   403   403   ok
POST   governance:informationsmangd_create(system)                login 403   403   403   403   403   ok    403   403   403   403   403   ok
GET    governance:informationsmangd_create(hidden)                login 404   404   403   403   403   ok    403   403   403   403   403   ok
GET    governance:informationsmangd_change(mangd)                 login 403   403   403   403   403   ok    403   403   403   403   403   ok
POST   governance:informationsmangd_change(mangd)                 login 403   403   403   403   403   ok    403   403   403   403   403   ok
GET    governance:informationsmangd_change(hidden_mangd)          login 404   404   403   403   403   ok    403   403   403   403   403   ok
GET    governance:informationsmangd_remove(mangd)                 login 403   403   403   403   403   ok    403   403   403   403   403   ok
POST   governance:informationsmangd_remove(mangd)                 login 403   403   403   403   403   ok    403   403   403   403   403   ok
POST   governance:informationsmangd_remove(hidden_mangd)          login 404   404   403   403   403   ok    403   403   403   403   403   ok
GET    governance:samband_create(system)                          login 403   403   403   403   403   403   ok    403   403   403   403   ok
POST   governance:samband_create(system)                          login 403   403   403   403   403   403   ok    403   403   403   403   ok
GET    governance:samband_create(hidden)                          login 404   404   403   403   403   403   ok    403   403   403   403   ok
GET    governance:samband_change(samband)                         login 403   403   403   403   403   403   ok    403   403   403   403   ok
POST   governance:samband_change(samband)                         login 403   403   403   403   403   403   ok    403   403   403   403   ok
GET    governance:samband_change(hidden_samband)                  login 404   404   403   403   403   403   ok    403   403   403   403   ok
GET    governance:samband_remove(samband)                         login 403   403   403   403   403   403   ok    403   403   403   403   ok
POST   governance:samband_remove(samband)                         login 403   403   403   403   403   403   ok    403   403   403   403   ok
POST   governance:samband_remove(hidden_samband)                  login 404   404   403   403   403   403   ok    403   403   403   403   ok
GET    governance:bedomning()                                     login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:bedomning_change(system, sida=verksamhet)       login 403   403   403   ok    403   ok    403   403   403   403   403   403
POST   governance:bedomning_change(system, sida=verksamhet)       login 403   403   403   ok    403   ok    403   403   403   403   403   403
GET    governance:bedomning_change(system, sida=it)               login 403   403   403   403   ok    403   ok    403   403   403   403   403
POST   governance:bedomning_change(system, sida=it)               login 403   403   403   403   ok    403   ok    403   403   403   403   403
GET    governance:bedomning_change(hidden, sida=it)               login 404   404   403   403   ok    403   ok    403   403   403   403   403
GET    governance:uppfoljning(objekt)                             login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:utvardering_create(objekt)                      login 403   403   403   ok    403   403   403   403   403   403   403   403
GET    governance:utvardering_change(utvardering)                 login 403   403   403   ok    403   403   403   403   403   403   403   403
GET    governance:styrdokument_create(objekt)                     login 403   403   403   ok    ok    403   403   403   403   403   403   403
GET    governance:styrdokument_change(styrdokument)               login 403   403   403   ok    403   403   403   403   403   403   403   403
GET    governance:styrdokument_withdraw(styrdokument)             login 403   403   403   ok    403   403   403   403   403   403   403   403
POST   governance:utvardering_create(objekt)                      login 403   403   403   ok    403   403   403   403   403   403   403   403
POST   governance:utvardering_change(utvardering)                 login 403   403   403   ok    403   403   403   403   403   403   403   403
POST   governance:styrdokument_create(objekt)                     login 403   403   403   ok    ok    403   403   403   403   403   403   403
POST   governance:styrdokument_change(styrdokument)               login 403   403   403   ok    403   403   403   403   403   403   403   403
POST   governance:styrdokument_withdraw(styrdokument)             login 403   403   403   ok    403   403   403   403   403   403   403   403
GET    governance:styrdokument_detail(styrdokument)               login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:styrdokument_history(styrdokument)              login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
POST   governance:styrdokument_acknowledge(styrdokument)          login 403   403   403   403   403   ok    403   403   403   403   403   403
GET    governance:leverantor_list()                               login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:leverantor_detail(leverantor)                   login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:leverantor_history(leverantor)                  login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:leverantor_create()                             login 403   403/ok 403   403   403   ok    403   403   403   403   403   ok
POST   governance:leverantor_create()                             login 403   403/ok 403   403   403   ok    403   403   403   403   403   ok
GET    governance:leverantor_change(leverantor)                   login 403   403/ok 403   403   403   ok    403   403   403   403   403   ok
POST   governance:leverantor_change(leverantor)                   login 403   403/ok 403   403   403   ok    403   403   403   403   403   ok
GET    governance:namnd_create()                                  login 403   403   403   403   403   403   403   403   403   403   403   ok
POST   governance:namnd_create()                                  login 403   403   403   403   403   403   403   403   403   403   403   ok
GET    governance:namnd_change(namnd)                             login 403   403   403   403   403   403   403   403   403   403   403   ok
POST   governance:namnd_change(namnd)                             login 403   403   403   403   403   403   403   403   403   403   403   ok
GET    governance:namnd_history(namnd)                            login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:objekt_as_of(objekt, day=2026-11-20)            login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:objekt_on_day(objekt)                           login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:system_as_of(system, day=2026-11-20)            login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:system_as_of(hidden, day=2026-11-20)            login 404   404   ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:system_on_day(system)                           login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:system_on_day(hidden)                           login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:actor_search()                                  login 403   403   403   403   403   403   403   403   403   403   ok    ok
GET    governance:granskning()                                    login 403   403   403   403   403   403   403   403   403   403   ok    ok
 # lists of the whole register
GET    governance:todo()                                          login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:plan_all()                                      login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:kostnad_all()                                   login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:uppdrag_all()                                   login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:arende_all()                                    login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:avvikelse_all()                                 login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:statusrapport_all()                             login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:kostnadsrapport_all()                           login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:mote_all()                                      login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:styrdokument_all()                              login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
 # uppdrag, ärenden and reports
GET    governance:uppdrag_list(objekt)                            login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:uppdrag_list(draft)                             login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:uppdrag_create(objekt)                          login 403   403   403   403   403   ok    ok    403   403   403   403   403
POST   governance:uppdrag_create(objekt)                          login 403   403   403   403   403   ok    ok    403   403   403   403   403
GET    governance:uppdrag_detail(uppdrag)                         login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:uppdrag_detail(hidden_uppdrag)                  login 404   404   ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:uppdrag_change(uppdrag)                         login 403   403   403   403   403   ok    ok    403   403   403   403   403
POST   governance:uppdrag_change(uppdrag)                         login 403   403   403   403   403   ok    ok    403   403   403   403   403
GET    governance:uppdrag_change(hidden_uppdrag)                  login 404   404   403   403   403   ok    ok    403   403   403   403   403
GET    governance:uppdrag_decide(uppdrag)                         login 403   403   403   403   403   ok    ok    403   403   403   403   403
POST   governance:uppdrag_decide(uppdrag)                         login 403   403   403   403   403   ok    ok    403   403   403   403   403
GET    governance:uppdrag_prioritise(uppdrag)                     login 403   403   403   403   403   ok    ok    403   403   403   403   403
POST   governance:uppdrag_prioritise(uppdrag)                     login 403   403   403   403   403   ok    ok    403   403   403   403   403
GET    governance:uppdrag_abort(uppdrag)                          login 403   403   403   403   403   ok    ok    403   403   403   403   403
POST   governance:uppdrag_abort(uppdrag)                          login 403   403   403   403   403   ok    ok    403   403   403   403   403
POST   governance:uppdrag_decide(hidden_uppdrag)                  login 404   404   403   403   403   ok    ok    403   403   403   403   403
POST   governance:uppdrag_start(decided)                          login 403   403   403   403   403   ok    ok    403   403   403   403   403
POST   governance:uppdrag_start(hidden_uppdrag)                   login 404   404   403   403   403   ok    ok    403   403   403   403   403
POST   governance:uppdrag_complete(started)                       login 403   403   403   403   403   ok    ok    403   403   403   403   403
GET    governance:uppdrag_history(uppdrag)                        login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:uppdrag_history(hidden_uppdrag)                 login 404   404   ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:arende_create(objekt)                           login 403   403   403   403   403   ok    ok    403   403   403   403   403
POST   governance:arende_create(objekt)                           login 403   403   403   403   403   ok    ok    403   403   403   403   403
GET    governance:arende_detail(arende)                           login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:arende_detail(hidden_arende)                    login 404   404   ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:arende_change(arende)                           login 403   403   403   403   403   ok    ok    403   403   403   403   403
POST   governance:arende_change(arende)                           login 403   403   403   403   403   ok    ok    403   403   403   403   403
GET    governance:arende_withdraw(arende)                         login 403   403   403   403   403   ok    ok    403   403   403   403   403
POST   governance:arende_withdraw(arende)                         login 403   403   403   403   403   ok    ok    403   403   403   403   403
GET    governance:arende_change(hidden_arende)                    login 404   404   403   403   403   ok    ok    403   403   403   403   403
GET    governance:arende_position(arende)                         login 403   403   403   ok    ok    403   403   403   403   403   403   403
POST   governance:arende_position(arende)                         login 403   403   403   ok    ok    403   403   403   403   403   403   403
POST   governance:arende_position(hidden_arende)                  login 404   404   403   ok    ok    403   403   403   403   403   403   403
GET    governance:arende_history(arende)                          login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:arende_history(hidden_arende)                   login 404   404   ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:rapport_list(objekt)                            login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:rapport_list(draft)                             login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:avvikelse_create(objekt)                        login 403   403   403   403   403   ok    ok    403   403   403   403   403
POST   governance:avvikelse_create(objekt)                        login 403   403   403   403   403   ok    ok    403   403   403   403   403
GET    governance:avvikelse_detail(avvikelse)                     login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:avvikelse_detail(hidden_avvikelse)              login 404   404   ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:avvikelse_handle(avvikelse)                     login 403   403   403   ok    ok    403   403   403   403   403   403   403
POST   governance:avvikelse_handle(avvikelse)                     login 403   403   403   ok    ok    403   403   403   403   403   403   403
POST   governance:avvikelse_handle(hidden_avvikelse)              login 404   404   403   ok    ok    403   403   403   403   403   403   403
POST   governance:avvikelse_read(avvikelse)                       login 403   403   403   ok    ok    403   403   403   403   403   403   403
POST   governance:avvikelse_read(hidden_avvikelse)                login 404   404   403   ok    ok    403   403   403   403   403   403   403
GET    governance:avvikelse_history(avvikelse)                    login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:avvikelse_history(hidden_avvikelse)             login 404   404   ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:statusrapport_create(objekt)                    login 403   403   403   403   403   ok    ok    403   403   403   403   403
POST   governance:statusrapport_create(objekt)                    login 403   403   403   403   403   ok    ok    403   403   403   403   403
GET    governance:statusrapport_detail(statusrapport)             login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
POST   governance:statusrapport_read(statusrapport)               login 403   403   403   403   ok    403   403   403   403   403   403   403
GET    governance:statusrapport_history(statusrapport)            login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
 # agreements
GET    governance:avtal_all()                                     login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:avtal_list(objekt)                              login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:avtal_detail(avtal)                             login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:avtal_detail(signed)                            login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:avtal_detail(hidden_avtal)                      login 404   404   ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:avtal_history(avtal)                            login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:avtal_history(hidden_avtal)                     login 404   404   ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:avtal_create(objekt)                            login 403   403   403   403   403   ok    403   403   403   403   403   ok
GET    governance:avtal_change(avtal)                             login 403   403   403   403   403   ok    403   403   403   403   403   ok
GET    governance:avtal_change(hidden_avtal)                      login 404   404   403   403   403   ok    403   403   403   403   403   ok
GET    governance:avtal_remove(avtal)                             login 403   403   403   403   403   ok    403   403   403   403   403   ok
GET    governance:avtal_correct(signed)                           login 403   403   403   ok    ok    403   403   403   403   403   403   403
GET    governance:avtal_approve(drift)                            login 403   403   403   ok    ok    403   403   403   403   403   403   403
GET    governance:avtal_sign(avtal)                               login 403   403   403   ok    ok    403   403   403   403   403   403   403
GET    governance:avtal_sign(hidden_avtal)                        login 404   404   403   ok    ok    403   403   403   403   403   403   403
GET    governance:avtal_extend(signed)                            login 403   403   403   ok    ok    403   403   403   403   403   403   403
GET    governance:avtal_terminate(signed)                         login 403   403   403   ok    ok    403   403   403   403   403   403   403
GET    governance:avtal_follow_up(signed)                         login 403   403   403   ok    ok    403   403   403   403   403   403   403
GET    governance:avtalsfil_add(avtal)                            login 403   403   403   403   403   ok    403   403   403   403   403   ok
GET    governance:avtalsfil_remove(fil)                           login 403   403   403   403   403   ok    403   403   403   403   403   ok
GET    governance:avtalsfil_remove(hidden_fil)                    login 404   404   403   403   403   ok    403   403   403   403   403   ok
POST   governance:avtal_create(objekt)                            login 403   403   403   403   403   ok    403   403   403   403   403   ok
POST   governance:avtal_change(avtal)                             login 403   403   403   403   403   ok    403   403   403   403   403   ok
POST   governance:avtal_change(hidden_avtal)                      login 404   404   403   403   403   ok    403   403   403   403   403   ok
POST   governance:avtal_remove(avtal)                             login 403   403   403   403   403   ok    403   403   403   403   403   ok
POST   governance:avtal_correct(signed)                           login 403   403   403   ok    ok    403   403   403   403   403   403   403
POST   governance:avtal_approve(drift)                            login 403   403   403   ok    ok    403   403   403   403   403   403   403
POST   governance:avtal_sign(avtal)                               login 403   403   403   ok    ok    403   403   403   403   403   403   403
POST   governance:avtal_sign(hidden_avtal)                        login 404   404   403   ok    ok    403   403   403   403   403   403   403
POST   governance:avtal_extend(signed)                            login 403   403   403   ok    ok    403   403   403   403   403   403   403
POST   governance:avtal_terminate(signed)                         login 403   403   403   ok    ok    403   403   403   403   403   403   403
POST   governance:avtal_follow_up(signed)                         login 403   403   403   ok    ok    403   403   403   403   403   403   403
POST   governance:avtalsfil_add(avtal)                            login 403   403   403   403   403   ok    403   403   403   403   403   ok
POST   governance:avtalsfil_remove(fil)                           login 403   403   403   403   403   ok    403   403   403   403   403   ok
POST   governance:avtalsfil_remove(hidden_fil)                    login 404   404   403   403   403   ok    403   403   403   403   403   ok
GET    governance:avtalsfil(fil)                                  login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:avtalsfil(hidden_fil)                           login 404   404   ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
 # möten
GET    governance:mote_list(objekt)                               login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:mote_create(objekt)                             login 403   403   403   403   403   ok    403   403   403   403   403   403
POST   governance:mote_create(objekt)                             login 403   403   403   403   403   ok    403   403   403   403   403   403
GET    governance:mote_detail(mote)                               login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:mote_detail(held_mote)                          login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:mote_detail(forward_mote)                       login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:mote_ics(mote)                                  login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:mote_history(mote)                              login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:mote_change(mote)                               login 403   403   403   403   403   ok    403   403   403   403   403   403
POST   governance:mote_change(mote)                               login 403   403   403   403   403   ok    403   403   403   403   403   403
GET    governance:mote_cancel(mote)                               login 403   403   403   403   403   ok    403   403   403   403   403   403
POST   governance:mote_cancel(mote)                               login 403   403   403   403   403   ok    403   403   403   403   403   403
GET    governance:punkt_add(mote)                                 login 403   403   403   403   403   ok    403   403   403   403   403   403
POST   governance:punkt_add(mote)                                 login 403   403   403   403   403   ok    403   403   403   403   403   403
GET    governance:motesdeltagare_add(mote)                        login 403   403   403   403   403   ok    403   403   403   403   403   403
POST   governance:motesdeltagare_add(mote)                        login 403   403   403   403   403   ok    403   403   403   403   403   403
POST   governance:mote_call(mote)                                 login 403   403   403   403   403   ok    403   403   403   403   403   403
GET    governance:mote_hold(held_mote)                            login 403   403   403   403   403   ok    403   403   403   403   403   403
POST   governance:mote_hold(held_mote)                            login 403   403   403   403   403   ok    403   403   403   403   403   403
POST   governance:mote_put_forward(held_mote)                     login 403   403   403   403   403   ok    403   403   403   403   403   403
GET    governance:mote_take_back(forward_mote)                    login 403   403   403   403   403   ok    403   403   403   403   403   403
POST   governance:mote_take_back(forward_mote)                    login 403   403   403   403   403   ok    403   403   403   403   403   403
POST   governance:mote_approve(forward_mote)                      login 403   403   403   ok    ok    403   403   403   403   403   403   403
GET    governance:punkt_change(punkt)                             login 403   403   403   403   403   ok    403   403   403   403   403   403
POST   governance:punkt_change(punkt)                             login 403   403   403   403   403   ok    403   403   403   403   403   403
GET    governance:punkt_change(hidden_punkt)                      login 404   404   403   403   403   ok    403   403   403   403   403   403
GET    governance:punkt_remove(punkt)                             login 403   403   403   403   403   ok    403   403   403   403   403   403
POST   governance:punkt_remove(punkt)                             login 403   403   403   403   403   ok    403   403   403   403   403   403
GET    governance:punkt_remove(hidden_punkt)                      login 404   404   403   403   403   ok    403   403   403   403   403   403
POST   governance:punkt_move(punkt)                               login 403   403   403   403   403   ok    403   403   403   403   403   403
POST   governance:punkt_move(hidden_punkt)                        login 404   404   403   403   403   ok    403   403   403   403   403   403
GET    governance:motesdeltagare_remove(motesdeltagare)           login 403   403   403   403   403   ok    403   403   403   403   403   403
POST   governance:motesdeltagare_remove(motesdeltagare)           login 403   403   403   403   403   ok    403   403   403   403   403   403
 # roles
GET    roles:oversikt()                                           login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    roles:person_list()                                        login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    roles:person_detail(person)                                login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    roles:person_history(person)                               login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    roles:person_create()                                      login 403   403   403   403   403   403   403   403   403   403   403   ok
POST   roles:person_create()                                      login 403   403   403   403   403   403   403   403   403   403   403   ok
GET    roles:person_change(person)                                login 403   403   403   403   403   403   403   403   403   403   403   ok
POST   roles:person_change(person)                                login 403   403   403   403   403   403   403   403   403   403   403   ok
GET    roles:person_active(person)                                login 403   403   403   403   403   403   403   403   403   403   403   ok
POST   roles:person_active(person)                                login 403   403   403   403   403   403   403   403   403   403   403   ok
GET    roles:person_groups(person)                                login 403   403   403   403   403   403   403   403   403   403   403   ok
POST   roles:person_groups(person)                                login 403   403   403   403   403   403   403   403   403   403   403   ok
GET    roles:transfer_all(person)                                 login 403   403   403   ok    403   403   403   403   403   403   403   ok
POST   roles:transfer_all(person)                                 login 403   403   403   ok    403   403   403   403   403   403   403   ok
GET    roles:ansvar()                                             login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    roles:person_search()                                      login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    roles:namnd_list()                                         login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    roles:namnd_detail(namnd)                                  login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    roles:representant_add(namnd)                              login 403   403   403   403   403   403   403   403   403   403   403   ok
POST   roles:representant_add(namnd)                              login 403   403   403   403   403   403   403   403   403   403   403   ok
GET    roles:representant_remove(representant)                    login 403   403   403   403   403   403   403   403   403   403   403   ok
POST   roles:representant_remove(representant)                    login 403   403   403   403   403   403   403   403   403   403   403   ok
GET    roles:appoint(objekt, role=namnd)                          login 403   403   403   403   403   403   403   403   403   403   403   ok
GET    roles:appoint(objekt, role=objektagare)                    login 403   403   ok    403   403   403   403   403   403   403   403   ok
GET    roles:appoint(objekt, role=forvaltningsledare)             login 403   403   403   ok    403   403   403   403   403   403   403   ok
GET    roles:appoint(objekt, role=forvaltningsledare_it)          login 403   403   403   403   ok    403   403   403   403   403   403   ok
GET    roles:appoint(objekt, role=systemforvaltare)               login 403   403   403   403   403   ok    ok    403   403   403   403   ok
POST   roles:appoint(objekt, role=systemforvaltare)               login 403   403   403   403   403   ok    ok    403   403   403   403   ok
GET    roles:hand_over(leader)                                    login 403   403   403   ok    403   403   403   403   403   403   403   ok
POST   roles:hand_over(leader)                                    login 403   403   403   ok    403   403   403   403   403   403   403   ok
GET    roles:end(operative)                                       login 403   403   403   403   403   ok    ok    403   403   403   403   ok
POST   roles:end(operative)                                       login 403   403   403   403   403   ok    ok    403   403   403   403   ok
GET    roles:end(leader)                                          login 403   403   403   ok    403   403   403   403   403   403   403   ok
GET    roles:cancel(leader)                                       login 403   403   403   ok    403   403   403   403   403   403   403   ok
POST   roles:cancel(leader)                                       login 403   403   403   ok    403   403   403   403   403   403   403   ok
GET    roles:substitute(leader)                                   login 403   403   403   ok    403   403   403   403   403   403   403   ok
POST   roles:substitute(leader)                                   login 403   403   403   ok    403   403   403   403   403   403   403   ok
GET    roles:end_substitution(substitution)                       login 403   403   403   ok    403   403   403   403   403   403   403   ok
POST   roles:end_substitution(substitution)                       login 403   403   403   ok    403   403   403   403   403   403   403   ok
GET    roles:objekt_status(objekt)                                login 403   403   403   ok    403   403   403   403   403   403   403   ok
POST   roles:objekt_status(objekt)                                login 403   403   403   ok    403   403   403   403   403   403   403   ok
GET    roles:system_move(system)                                  login 403   403   403   403   403   ok    403   403   403   403   403   ok
POST   roles:system_move(system)                                  login 403   403   403   403   403   ok    403   403   403   403   403   ok
GET    roles:system_move(hidden)                                  login 404   404   403   403   403   ok    403   403   403   403   403   ok
 # roles, the second factor: not in use here; tests/roles/login/test_second_factor.py turns it on
GET    roles:second_factor()                                       login 404   404   404   404   404   404   404   404   404   404   404   404
GET    roles:second_factor_check()                                 login 404   404   404   404   404   404   404   404   404   404   404   404
POST   roles:second_factor_check()                                 login 404   404   404   404   404   404   404   404   404   404   404   404
POST   roles:recovery_codes()                                      login 404   404   404   404   404   404   404   404   404   404   404   404
POST   roles:second_factor_remove()                                login 404   404   404   404   404   404   404   404   404   404   404   404
GET    roles:second_factor_app()                                   login 404   404   404   404   404   404   404   404   404   404   404   404
POST   roles:second_factor_app()                                   login 404   404   404   404   404   404   404   404   404   404   404   404
GET    roles:passkey_add()                                         login 404   404   404   404   404   404   404   404   404   404   404   404
POST   roles:passkey_add()                                         login 404   404   404   404   404   404   404   404   404   404   404   404
POST   roles:passkey_check()                                       login 404   404   404   404   404   404   404   404   404   404   404   404
POST   roles:passkey_remove(person)                                login 404   404   404   404   404   404   404   404   404   404   404   404
GET    roles:confirm_password()                                    login 404   404   404   404   404   404   404   404   404   404   404   404
POST   roles:confirm_password()                                    login 404   404   404   404   404   404   404   404   404   404   404   404
GET    roles:person_second_factor(person)                          login 404   404   404   404   404   404   404   404   404   404   404   404
POST   roles:person_second_factor(person)                          login 404   404   404   404   404   404   404   404   404   404   404   404
 # exchange
GET    exchange:reminders()                                       login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
POST   exchange:reminders()                                       login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    exchange:api_description()                                 login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    exchange:nyckel_list()                                     login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    exchange:nyckel_create()                                   login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
POST   exchange:nyckel_create()                                   login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    exchange:nyckel_withdraw(key)                              login 404   404   404   404   404   ok    404   404   404   404   404   ok
POST   exchange:nyckel_withdraw(key)                              login 404   404   404   404   404   ok    404   404   404   404   404   ok
GET    exchange:prenumeration_list()                              login 403   403   403   403   403   403   403   403   403   403   403   ok
GET    exchange:prenumeration_create()                            login 403   403   403   403   403   403   403   403   403   403   403   ok
POST   exchange:prenumeration_create()                            login 403   403   403   403   403   403   403   403   403   403   403   ok
GET    exchange:prenumeration_end(subscription)                   login 403   403   403   403   403   403   403   403   403   403   403   ok
POST   exchange:prenumeration_end(subscription)                   login 403   403   403   403   403   403   403   403   403   403   403   ok
GET    exchange:export(kind=objekt, fmt=csv)                      login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    exchange:export(kind=avtal, fmt=xlsx)                      login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    exchange:export(kind=leverantorer, fmt=csv)                login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    exchange:export(kind=personer, fmt=json)                   login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    exchange:export(kind=namnder, fmt=csv)                     login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    exchange:export(kind=kostnad, fmt=xlsx)                    login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    exchange:export(kind=att-gora, fmt=csv)                    login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    exchange:export(kind=system, fmt=xlsx)                     login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    exchange:granskning_export(fmt=csv)                        login 403   403   403   403   403   403   403   403   403   403   ok    ok
GET    exchange:import_template()                                 login 403   403   403   403   403   403   403   403   403   403   403   ok
GET    exchange:import_upload()                                   login 403   403   403   403   403   403   403   403   403   403   403   ok
POST   exchange:import_upload()                                   login 403   403   403   403   403   403   403   403   403   403   403   ok
GET    exchange:import_mapping(upload)                            login 403   403   403   403   403   403   403   403   403   403   403   ok
POST   exchange:import_mapping(upload)                            login 403   403   403   403   403   403   403   403   403   403   403   ok
GET    exchange:import_preview(upload)                            login 403   403   403   403   403   403   403   403   403   403   403   ok
GET    exchange:import_confirm(upload)                            login 403   403   403   403   403   403   403   403   403   403   403   ok
POST   exchange:import_confirm(upload)                            login 403   403   403   403   403   403   403   403   403   403   403   ok
GET    exchange:import_result(upload)                             login 403   403   403   403   403   403   403   403   403   403   403   ok
 # the site
GET    healthz()                                                  ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    readyz()                                                   ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    password_change()                                          login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
POST   password_change()                                          login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
POST   theme()                                                    login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
 # single sign-on: no service here; tests/roles/login/test_sso.py has one
POST   openid_connect_login(provider_id=sso)                       404   404   404   404   404   404   404   404   404   404   404   404   404
GET    openid_connect_callback(provider_id=sso)                    404   404   404   404   404   404   404   404   404   404   404   404   404
 # the same by SAML; tests/roles/login/test_saml.py has a service
POST   saml_login(organization_slug=sso)                           404   404   404   404   404   404   404   404   404   404   404   404   404
POST   saml_acs(organization_slug=sso)                             404   404   404   404   404   404   404   404   404   404   404   404   404
GET    saml_finish_acs(organization_slug=sso)                      404   404   404   404   404   404   404   404   404   404   404   404   404
GET    saml_metadata(organization_slug=sso)                        404   404   404   404   404   404   404   404   404   404   404   404   404
GET    saml_sls(organization_slug=sso)                             404   404   404   404   404   404   404   404   404   404   404   404   404
 # ekonomi
GET    governance:ekonomi(objekt)                                 login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:kostnad_list(objekt)                            login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:kostnad_create(objekt)                          login 403   403   403   403   403   ok    ok    403   403   403   403   403
POST   governance:kostnad_create(objekt)                          login 403   403   403   403   403   ok    ok    403   403   403   403   403
GET    governance:tilldelning_create(objekt)                      login 403   403   403   ok    403   403   403   403   403   403   403   403
POST   governance:tilldelning_create(objekt)                      login 403   403   403   ok    403   403   403   403   403   403   403   403
GET    governance:kostnad_change(kostnad)                         login 403   403   403   403   403   ok    403   403   403   403   403   403
POST   governance:kostnad_change(kostnad)                         login 403   403   403   403   403   ok    403   403   403   403   403   403
GET    governance:kostnad_change(it_kostnad)                      login 403   403   403   403   403   ok    ok    403   403   403   403   403
POST   governance:kostnad_change(it_kostnad)                      login 403   403   403   403   403   ok    ok    403   403   403   403   403
GET    governance:kostnad_change(hidden_kostnad)                  login 404   404   403   403   403   ok    403   403   403   403   403   403
GET    governance:kostnad_judge(kostnad)                          login 403   403   403   ok    403   403   403   403   403   403   403   403
POST   governance:kostnad_judge(kostnad)                          login 403   403   403   ok    403   403   403   403   403   403   403   403
GET    governance:kostnad_judge(it_kostnad)                       login 403   403   403   ok    ok    403   403   403   403   403   403   403
POST   governance:kostnad_judge(it_kostnad)                       login 403   403   403   ok    ok    403   403   403   403   403   403   403
GET    governance:kostnad_judge(hidden_kostnad)                   login 404   404   403   ok    403   403   403   403   403   403   403   403
GET    governance:kostnadsrapport_create(objekt)                  login 403   403   403   403   403   ok    ok    403   403   403   403   403
POST   governance:kostnadsrapport_create(objekt)                  login 403   403   403   403   403   ok    ok    403   403   403   403   403
GET    governance:kostnadsrapport_detail(kostnadsrapport)         login 404   404   ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
POST   governance:kostnadsrapport_read(kostnadsrapport)           login 404   404   403   403   ok    ok    403   403   403   403   403   403
GET    governance:kostnadsrapport_history(kostnadsrapport)        login 404   404   ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:avrop_create(signed)                             login 403   403   403   403   403   ok    ok    403   403   403   403   403
POST   governance:avrop_create(signed)                             login 403   403   403   403   403   ok    ok    403   403   403   403   403
GET    governance:avrop_create(hidden_avtal)                      login 404   404   403   403   403   ok    ok    403   403   403   403   403
GET    governance:avrop_withdraw(avrop)                           login 403   403   403   403   403   ok    ok    403   403   403   403   403
POST   governance:avrop_withdraw(avrop)                           login 403   403   403   403   403   ok    ok    403   403   403   403   403
GET    governance:leverans_create(avrop)                          login 403   403   403   403   403   ok    ok    403   403   403   403   403
POST   governance:leverans_create(avrop)                          login 403   403   403   403   403   ok    ok    403   403   403   403   403
GET    governance:leverans_judge(leverans)                        login 403   403   403   403   403   ok    403   403   403   403   403   403
POST   governance:leverans_judge(leverans)                        login 403   403   403   403   403   ok    403   403   403   403   403   403
GET    governance:leverans_judge(hidden_leverans)                 login 404   404   403   403   403   ok    403   403   403   403   403   403
 # förvaltningsplan
GET    governance:plan_list(objekt)                               login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:plan_detail(plan)                               login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:plan_pdf(plan)                                  login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:plan_history(plan)                              login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:plan_compare(plan, other=@plan_draft)            login ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
GET    governance:plan_create(objekt)                             login 403   403   403   403   403   ok    ok    403   403   403   403   403
POST   governance:plan_create(objekt)                             login 403   403   403   403   403   ok    ok    403   403   403   403   403
GET    governance:plan_change(plan_draft)                         login 403   403   403   403   403   ok    ok    403   403   403   403   403
POST   governance:plan_change(plan_draft)                         login 403   403   403   403   403   ok    ok    403   403   403   403   403
GET    governance:plan_put_forward(plan_draft)                    login 403   403   403   403   403   ok    ok    403   403   403   403   403
POST   governance:plan_put_forward(plan_draft)                    login 403   403   403   403   403   ok    ok    403   403   403   403   403
GET    governance:plan_take_back(plan_forward)                    login 403   403   403   ok    ok    ok    ok    403   403   403   403   403
POST   governance:plan_take_back(plan_forward)                    login 403   403   403   ok    ok    ok    ok    403   403   403   403   403
GET    governance:plan_sign(plan_forward, sida=verksamhet)        login 403   403   403   ok    403   403   403   403   403   403   403   403
POST   governance:plan_sign(plan_forward, sida=verksamhet)        login 403   403   403   ok    403   403   403   403   403   403   403   403
GET    governance:plan_sign(plan_forward, sida=it)                login 403   403   403   403   ok    403   403   403   403   403   403   403
POST   governance:plan_sign(plan_forward, sida=it)                login 403   403   403   403   ok    403   403   403   403   403   403   403
GET    governance:plan_new_version(plan)                          login 403   403   403   403   403   ok    ok    403   403   403   403   403
POST   governance:plan_new_version(plan)                          login 403   403   403   403   403   ok    ok    403   403   403   403   403
GET    governance:plan_discard(plan_draft)                        login 403   403   403   403   403   ok    ok    403   403   403   403   403
POST   governance:plan_discard(plan_draft)                        login 403   403   403   403   403   ok    ok    403   403   403   403   403
GET    governance:planrad_create(plan_draft, kind=mal)            login 403   403   403   403   403   ok    ok    403   403   403   403   403
POST   governance:planrad_create(plan_draft, kind=mal)            login 403   403   403   403   403   ok    ok    403   403   403   403   403
GET    governance:planrad_change(goal, kind=mal)                  login 403   403   403   403   403   ok    ok    403   403   403   403   403
POST   governance:planrad_change(goal, kind=mal)                  login 403   403   403   403   403   ok    ok    403   403   403   403   403
GET    governance:planrad_remove(goal, kind=mal)                  login 403   403   403   403   403   ok    ok    403   403   403   403   403
POST   governance:planrad_remove(goal, kind=mal)                  login 403   403   403   403   403   ok    ok    403   403   403   403   403
GET    governance:planrad_change(hidden_activity, kind=aktivitet) login 404   404   403   403   403   ok    ok    403   403   403   403   403
GET    governance:mal_measure(adopted_goal)                       login 403   403   403   403   403   ok    403   403   403   403   403   403
POST   governance:mal_measure(adopted_goal)                       login 403   403   403   403   403   ok    403   403   403   403   403   403
"""
