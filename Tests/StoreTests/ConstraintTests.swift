import Postgres
import Shop
import TestSupport
import Testing

@testable import Store

@Suite("What the database holds, and what a person reads of it")
struct ConstraintTests {
    /// Held against bugs alone: no act of a person can hit them, so nobody reads them.
    private let heldAgainstBugs: Set<String> = [
        // The till's head is locked by whoever opens and closes.
        "drawers_open_on_a_day_that_is_open", "drawers_follow_a_closed_day",
        "period_closings_close_once", "period_closings_follow_one", "period_closings_come_in_order",
        "period_closings_are_whole_periods", "period_closings_go_on", "period_closings_add_up",
        "period_closings_wait_for_the_drawer", "closings_count_adds_up",
        "receipt_prints_are_numbered",
        // Parsed at the edge.
        "cash_moves_move_something", "archives_are_of_a_year_at_most",
        "chain_heads_are_one_per_till", "journal_entries_have_no_fork",
        "journal_entries_number_is_one",
        "sales_are_claimed_once", "sales_number_is_one", "sales_gifts_name_a_programme",
        "sales_gifts_cost_nothing", "sale_lines_add_up", "refunds_are_claimed_once",
        "refunds_number_is_one", "refunds_add_up", "exits_by_a_ticket",
        "stock_movements_by_a_ticket",
        "persons_code_names_one_person", "completions_code_names_one_completion",
        "rights_have_one_origin", "rights_end_after_their_start",
        "uses_of_a_voucher_are_its_structures", "voucher_mail_deliveries_happen_once",
        "voucher_mail_attempts_are_one_by_one",
        "rights_are_one_per_voucher_and_category", "rights_are_one_per_completion_and_category",
        "enrolments_come_back_after_a_withdrawal", "completions_come_back_after_a_revocation",
        "attendances_revision_is_one", "session_plans_revision_is_one", "run_seats_revision_is_one",
        "run_openings_are_open_once",
        "responses_revision_is_one", "answers_choose_one",
        "attendances_fit_the_session", "attendances_are_of_the_course",
        "waitings_turn_is_one",
        "appointment_times_revision_is_one", "appointment_times_are_of_what_is_open",
        "appointments_of_a_person_never_overlap", "appointments_of_a_user_never_overlap",
        "appointment_ends_bring_a_visit_once", "appointment_ends_of_a_visit",
        "appointment_ends_follow_their_own", "visit_uses_are_of_the_help_desk",
        "visit_uses_never_exceed_the_right",
        "sign_ins_token_is_one",
        "till_browsers_token_is_one",
        "structure_keys_sign_one_at_a_time",
        "override_uses_take_each_once", "override_uses_are_of_the_person_and_shop",
        "override_uses_are_of_different_limits",
        "removals_come_off_the_shelf", "removals_name_the_collector", "removals_follow_a_reversal",
        "transfers_code_names_one_transfer", "transfer_devices_come_off_the_shelf",
        // What was lost on a journey is locked and looked at before it is found.
        "transfer_findings_happen_once", "transfer_findings_take_a_loss_back",
        "counts_code_names_one_count",
        "locations_code_names_one_location", "after_sales_repairs_extend_once_a_case",
        "stock_movements_tell_their_count", "stock_movements_take_a_part_once",
        "stock_movements_of_a_kit_move_one", "stock_movements_of_a_kit_follow_it",
        "kit_returns_happen_once",
        "kit_returns_are_of_what_was_taken",
        "kit_returns_are_of_what_is_here", "kit_returns_are_of_what_is_with_it",
        // Codes move under the lock of their batch, their level or their ticket's claim.
        "products_deliver_recharges", "products_name_the_operator_of_codes",
        "code_batches_code_names_one_batch", "code_batches_hold_what_came",
        "recharge_codes_line_is_one", "codes_are_never_removed",
        "recharge_codes_come_with_their_batch",
        "free_codes_are_approved", "code_exits_happen_once", "code_exits_follow_a_return",
        "code_exits_fill_a_unit_once", "codes_come_back_with_their_unit",
        "code_exits_are_of_their_line",
        "sale_lines_hold_their_codes", "code_returns_happen_once",
        "code_returns_are_of_what_nobody_saw", "code_reveals_are_counted",
        "code_reveals_say_why_again", "code_disputes_happen_once",
        "refunds_say_what_became_of_codes", "stock_movements_tell_their_codes",
        "stock_movements_take_a_batch_once", "stock_movements_leave_codes_alone",
        // What is not yet in force, nobody has followed.
        "inspection_list_withdrawals_are_of_what_nobody_followed",
        "kit_withdrawals_are_of_what_nobody_followed",
        // Each is locked, or ends the row that still goes on.
        "intervals_are_closed_once",
        // An order is locked while something is taken in of it, or it is closed.
        "orders_code_names_one_order", "order_receipts_are_one_by_one", "order_ends_say_what_came",
        // A machine is locked while somebody looks what is with it.
        "kit_checks_are_one_by_one", "stock_movements_tell_their_kit",
        "batches_code_names_one_batch", "deliveries_say_how_they_were_paid",
        "batch_devices_bring_back_what_left", "batch_devices_bring_a_stay_back_once",
        "register_entries_leave_no_gap", "register_entries_correct_what_stands",
        // A station is none of those to whom a role, an account or a password is given, and its files are kept once.
        "stations_token_is_one", "stations_only_send", "waiting_files_wait_once",
        "disk_healths_are_kept_once", "passports_token_is_one",
        // A machine is locked while a picture is put on its page or taken off.
        "device_pictures_are_kept_once", "device_pictures_are_whole_or_gone",
        // A set of rules is read whole before it is written, and a machine is locked while it is graded.
        "grading_points_say_a_value_once", "grading_grades_say_a_total_once",
        "grading_caps_say_a_mark_once", "gradings_are_one_by_one",
        // A list is read whole and its day looked at before it is written, and an inspection answers what it reads.
        "inspection_lists_never_begin_in_the_past", "inspection_lists_are_whole",
        "inspection_list_items_ask_once", "inspection_list_items_stand_in_order",
        "inspections_are_of_one_list", "inspections_try_every_item",
        "inspection_results_are_of_the_list", "inspection_results_answer_what_is_asked",
        "inspection_results_remark_on_faults",
        // A tree is walked, and a case’s machine is locked while something is done with it.
        "diagnosis_answers_lead_on", "after_sales_cases_code_names_one_case",
        "after_sales_steps_are_one_by_one", "after_sales_steps_need_the_machine",
        "after_sales_repairs_extend_what_is_covered", "after_sales_ends_say_where_the_machine_is",
        "after_sales_ends_name_their_ticket", "after_sales_ends_by_a_ticket_once",
        "sale_lines_replace_a_line", "sale_lines_replace_for_nothing",
    ]

    @Test("every constraint named as a sentence has a refusal, or is held against bugs")
    func everyConstraint() async throws {
        try await withStoreAndOwner { _, owner in
            let named = try await names(owner)
            let told = Set(constraintRefusals.keys)
            #expect(named.subtracting(told).subtracting(heldAgainstBugs) == [])
        }
    }

    @Test("every refusal of the table is held by something in the database")
    func everyRefusal() async throws {
        try await withStoreAndOwner { _, owner in
            let named = try await names(owner)
            #expect(Set(constraintRefusals.keys).subtracting(named) == [])
        }
    }

    /// Keys under PostgreSQL's own names that a person can hit all the same.
    private let ownNames = constraintRefusals.keys.filter {
        $0.hasSuffix("_fkey") || $0.hasSuffix("_pkey")
    }

    /// Constraints and unique indexes that do not bear PostgreSQL's own names, and the gates that triggers raise.
    private func names(_ owner: Pool) async throws -> Set<String> {
        try await owner.withConnection { connection in
            let rows = try connection.query(
                """
                select c.conname::text as name from pg_constraint c join pg_class t on t.oid = c.conrelid
                where c.connamespace = 'comptoir'::regnamespace and c.contype <> 't'
                  and c.conname !~ ('^' || t.relname || '(_[a-z0-9_]+)?_(check|fkey|pkey|key|not_null)[0-9]*$')
                union
                select c.conname::text from pg_constraint c
                where c.connamespace = 'comptoir'::regnamespace and c.conname = any(\(ownNames))
                union
                select i.relname::text from pg_index x join pg_class i on i.oid = x.indexrelid
                join pg_class t on t.oid = x.indrelid
                where t.relnamespace = 'comptoir'::regnamespace and x.indisunique and x.indpred is not null
                union
                select m[1] from pg_proc p, regexp_matches(p.prosrc, 'raise_gate\\(''([a-z_]+)''', 'g') m
                where p.pronamespace = 'comptoir'::regnamespace
                union
                select m[1] from pg_proc p, regexp_matches(p.prosrc, 'constraint = ''([a-z_]+)''', 'g') m
                where p.pronamespace = 'comptoir'::regnamespace
                """
            )
            return Set(try rows.map { row -> String in try row["name"] })
        }
    }
}
