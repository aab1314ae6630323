-- Who may do what, reapplied after every migration. `:app`, `:prescriber`, `:report` and `:schema` are put in, quoted.
-- The service signs in as app, and takes the other two by `set local role`. None of the three may change a table's shape.

grant usage on schema :schema to :app, :prescriber, :report;
grant usage on schema extensions to :app, :prescriber, :report;

revoke all on all tables in schema :schema from :app, :prescriber, :report;
grant select on all tables in schema :schema to :app;
grant execute on all functions in schema :schema to :app, :prescriber, :report;

-- What people do adds rows.
grant insert on
    association, shops, vat_rules, tills, till_scan_gaps, users, disablements, credentials, user_roles, sign_ins,
    till_browsers, sign_in_attempts, dated_numbers,
    programmes, programme_funders, structures, prescribers, households, persons, identities, person_facts,
    household_members, person_merges, privacy_notices, privacy_answers, vouchers, voucher_persons, voucher_revocations, quota_rules, courses, modules, runs, sessions,
    enrolments, withdrawals, attendances, completion_rules, completions, rights, products, offers, price_ceilings, hardware_files, erasure_logs,
    devices, label_counters, device_disks, erasures, inspection_lists, inspection_list_items, inspection_list_withdrawals, inspections, inspection_results, stays, exits,
    reservations, stock_levels, stock_movements, stock_thresholds, claims, chain_heads, journal_keys, journal_entries, drawers, closings,
    period_closings, period_closing_rates, period_closing_means, cash_moves, closing_denominations, closing_cheques, closing_goods,
    receipt_prints, journal_events, archives, accounts,
    help_desk_codes, appointments, appointment_times, appointment_ends, visits, visit_themes, visit_take_backs, visit_uses,
    motives, voucher_motives, voucher_details, agreement_renewals, structure_contacts, structure_references,
    sales, sale_lines, payments, uses, refunds, refund_lines, return_rules, refusal_counts, prescriber_accounts, structure_keys,
    voucher_signatures, voucher_mails, voucher_mail_attempts, voucher_mail_deliveries, override_motives, overrides, override_uses, planned_sessions,
    questionnaires, questions, question_choices, responses, answers,
    session_plans, session_cancellations, run_seats, run_helpers, run_openings, waitings, session_sheets, attendance_corrections,
    completion_revocations,
    hand_over_terms, hand_over_texts, hand_overs, hand_over_documents, hand_over_sheets, hand_over_erasures,
    grading_rule_sets, grading_points, grading_grades, grading_caps, processor_marks, gradings, grading_parts, grade_prices,
    donors, donor_cards, batches, batch_promises, deliveries, delivery_lines, seller_identities, batch_devices, registers,
    register_entries, removals, removal_reversals,
    transfers, transfer_devices, transfer_ends, transfer_findings, transfer_products, transfer_arrivals,
    locations, device_locations, count_places,
    orders, order_lines, order_receipts, order_receipt_lines, order_ends, kits, kit_parts, kit_checks, kit_check_parts, kit_returns, kit_withdrawals,
    counts, count_expected, count_scans, count_strays, count_units, count_closings, count_ends,
    diagnosis_trees, diagnosis_questions, diagnosis_answers, diagnosis_symptoms,
    after_sales_cases, after_sales_steps, after_sales_answers, after_sales_ends,
    stations, station_batches, waiting_files, health_files, disk_healths, passports, impact_factors, waiting_devices,
    device_pictures, device_picture_files, device_picture_showings,
    code_formats, code_batches, code_files, code_batch_ends, recharge_codes, free_codes, code_exits, code_returns, code_reveals,
    code_clearances, code_disputes, code_alarms
    to :app;

-- A row that is locked grants UPDATE on one column that nobody reads.
grant update (lock_marker) on households, persons, vouchers, completions, runs, devices,
    appointments, batches, transfers, counts, orders, code_batches to :app;

-- What moves with the rows that prove it: heads, levels, results of claims, counters.
grant update (position, hash, last_at, drawer_ordinal, sale_number, refund_number, gift_number, duplicate_number,
    closing_number, event_number, archive_number) on chain_heads to :app;
grant update (free) on stock_levels to :app;
grant update (on_shelf) on waiting_devices to :app;
grant update (result) on claims to :app;
grant update (last) on label_counters to :app;
grant update (ordinal, hash) on registers to :app;
grant update (times) on refusal_counts to :app;

-- An interval is closed once.
grant update (ended_at) on voucher_mail_attempts to :app;
grant update (ended_at, ended_by) on user_roles, reservations, disablements, run_helpers, run_openings to :app;
grant update (ended_at, ended_by, ended_how, motive) on waitings to :app;
grant update (ended_at, seen_at, till_id, browser_id, locked_at) on sign_ins to :app;
grant update (ended_at, ended_by) on till_browsers to :app;
grant update (seen_at, revoked_at, revoked_by) on stations to :app;
grant update (ended_at, ended_by, ended_how) on waiting_files to :app;
grant update (ended_at, ended_by) on device_pictures to :app;
grant update (left_on) on household_members to :app;
grant update (ended_at, ended_by, ended_how) on structure_keys to :app;
grant update (removed_at) on device_disks to :app;
grant update (closed_at, closed_by) on locations to :app;
grant update (language, first_day) on users to :app;
grant update (agreement_ends_on) on structures to :app;
grant update (ends_on) on override_motives to :app;
grant update (ends_on) on agreement_renewals to :app;
grant update (ended_at, ended_by) on structure_contacts to :app;

-- What a structure is and how it is reached follows the last file that describes it.
grant update (kind, quarter, address, phone, email) on structures to :app;

-- Identity may be corrected and erased; the count of failed sign-ins may be forgotten.
grant update, delete on identities to :app;
grant update (kind, name, siret) on donors to :app;
grant update (person_name, contact, address, phone, email), delete on donor_cards to :app;
grant delete on voucher_motives, voucher_details to :app;
grant delete on waiting_devices, free_codes, code_files, recharge_codes to :app;
grant delete on hand_over_documents, hand_over_sheets to :app;
grant delete on device_picture_files to :app;
grant update (succeeded), delete on sign_in_attempts to :app;

-- Who reports reads the views, whose rows bear no name.
grant select on report_parents, report_completions, report_runs, report_sessions, report_equipment, report_quarters,
    report_households, report_merges
    to :report;

-- Who signs for a structure reads its own rows through views, of columns that bear no price and no place.
grant select on agreements, prescriber_events, prescriber_structure, prescriber_vouchers, prescriber_persons, prescriber_rights, prescriber_uses,
    prescriber_runs, prescriber_enrolments to :prescriber;
grant select (id, structure_id, name) on prescribers to :prescriber;
grant select (id, code, structure_id, prescriber_id, household_size, signed_on, valid_until, renews, renewal) on vouchers
    to :prescriber;
grant select (voucher_id, person_id) on voucher_persons to :prescriber;
grant select (voucher_id, revoked_at) on voucher_revocations to :prescriber;
grant select (voucher_id, key_id, digits) on voucher_signatures to :prescriber;
grant select (id, voucher_id) on voucher_mails to :prescriber;
grant select (mail_id, taken_at) on voucher_mail_deliveries to :prescriber;
grant select (id, structure_id, ended_at, ended_how) on structure_keys to :prescriber;
grant select (id, name, agreement_starts_on, agreement_ends_on) on structures to :prescriber;
grant select (structure_id, starts_on, ends_on) on agreement_renewals to :prescriber;
grant select (voucher_id, motive, motive_starts_on) on voucher_motives to :prescriber;
grant select (code, starts_on, name_fr, name_en) on motives to :prescriber;
grant select (voucher_id, wish, remarks) on voucher_details to :prescriber;
grant select (id, code) on persons to :prescriber;
grant select (person_id, given_name, family_name) on identities to :prescriber;
grant select (id, voucher_id, category, ends_on, uses_max) on rights to :prescriber;
grant select (right_id, category, used_on, units, sale_id, position) on uses to :prescriber;
grant select (sale_id, position, returned_on, gives_right_back) on refund_lines to :prescriber;
grant select (visit_id, right_id, used_on) on visit_uses to :prescriber;
grant select (visit_id, taken_back_at) on visit_take_backs to :prescriber;
grant select (id, code) on runs to :prescriber;
grant select (run_id) on run_openings to :prescriber;
grant select (id, run_id, referred_id, enrolled_on, recorded_at) on enrolments to :prescriber;
grant select (id, run_id, referred_id, asked_on, turn, recorded_at, ended_at, ended_how) on waitings to :prescriber;
grant select (enrolment_id, left_on) on withdrawals to :prescriber;
grant select (id, enrolment_id, completed_on) on completions to :prescriber;
grant select (completion_id) on completion_revocations to :prescriber;
