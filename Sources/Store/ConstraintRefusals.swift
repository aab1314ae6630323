import Postgres
import Shop

/// What a person reads when a constraint says never. One row a constraint that a person can hit; a constraint that is
/// not here is held against bugs, and reads as one.
let constraintRefusals: [String: Reason] = [
    "association_pkey": .alreadySetUp,
    "shops_code_names_one_shop": .nameTaken,
    "tills_code_names_one_till": .nameTaken,
    "users_login_names_one_user": .nameTaken,
    "users_operator_names_one_user": .nameTaken,
    "disablements_are_open_once": .alreadyEnded,
    "programmes_code_names_one_programme": .nameTaken,
    "structures_name_names_one_structure": .nameTaken,
    "structures_agreement_ends_after_its_start": .agreementDatesReversed,
    "agreement_renewals_begin_once_a_day": .changeAlreadyDated,
    "agreement_renewals_end_after_their_start": .agreementDatesReversed,
    "structure_contacts_name_is_one_in_a_structure": .nameTaken,
    "prescribers_name_is_one_in_a_structure": .nameTaken,
    "prescribers_structure_id_fkey": .unknownThing,
    "prescriber_accounts_are_one_a_prescriber": .prescriberHasAccount,
    "users_work_or_refer": .userWorksOrRefers,
    "person_facts_structure_id_fkey": .unknownThing,
    "quota_rules_shop_id_fkey": .unknownThing,
    "offers_product_id_fkey": .productUnknown,
    "products_code_names_one_product": .nameTaken,
    "offers_change_once_a_day": .changeAlreadyDated,
    "privacy_notices_change_once_a_day": .changeAlreadyDated,
    "quota_rules_change_once_a_day": .changeAlreadyDated,
    "questionnaires_change_once_a_day": .changeAlreadyDated,
    "motives_change_once_a_day": .changeAlreadyDated,
    "return_rules_change_once_a_day": .changeAlreadyDated,
    "completion_rules_change_once_a_day": .nameTaken,
    "courses_version_is_one": .nameTaken,
    "runs_code_names_one_run": .nameTaken,
    "vouchers_code_names_one_voucher": .nameTaken,
    "devices_label_names_one_device": .nameTaken,
    "modules_position_is_one": .nameTaken,
    "voucher_persons_names_a_person_once": .nameTaken,
    "voucher_revocations_happen_once": .alreadyEnded,
    "vouchers_are_renewed_once": .voucherRenewed,
    "vouchers_end_after_their_signature": .voucherDatesReversed,
    "help_desk_codes_change_once_a_day": .changeAlreadyDated,
    "visit_take_backs_happen_once": .visitTakenBack,
    "appointments_end_once": .appointmentEnded,
    "person_merges_join_two_files": .mergeWithSelf,
    "person_merges_happen_once": .mergedAlready,
    "household_members_live_in_one_household": .alreadyEnded,
    "sessions_are_held_once": .sessionHeld,
    "session_cancellations_happen_once": .alreadyEnded,
    "enrolments_are_one_per_run": .enrolledTwice,
    "attendances_are_frozen_by_the_signed_sheet": .attendanceFrozen,
    "session_sheets_are_attached_once": .sheetAttached,
    "waitings_wait_once": .waitingAlready,
    "run_helpers_help_once": .helpsAlready,
    "withdrawals_end_an_enrolment_once": .alreadyEnded,
    "completion_revocations_happen_once": .completionRevoked,
    "completions_are_one_per_enrolment": .finishedAlready,
    "devices_serial_names_one_device": .deviceKnown,
    "hardware_files_are_kept_once": .deviceKnown,
    "stays_are_open_once": .deviceOnShelf,
    "stays_follow_an_exit": .deviceOnShelf,
    "stays_need_an_inspection": .deviceNotInspected,
    "stays_need_an_erasure": .deviceNotErased,
    "exits_need_an_erasure": .deviceNotErased,
    "stays_follow_a_grading": .deviceNotGraded,
    "gradings_say_why_they_differ": .gradeDiffers,
    "grading_rule_sets_change_once_a_day": .changeAlreadyDated,
    "grade_prices_change_once_a_day": .changeAlreadyDated,
    "processor_marks_change_once_a_day": .changeAlreadyDated,
    "device_disks_change_off_the_shelf": .diskOnShelf,
    "stays_follow_a_refund": .deviceNotRefunded,
    "stays_never_follow_recycling": .deviceRecycled,
    "stays_keep_under_the_legal_ceiling": .devicePriceAboveCeiling,
    "erasures_of_flash_are_not_purged_by_overwriting": .erasureNotPurge,
    "reservations_hold_one_person": .deviceReserved,
    "exits_device_leaves_once": .deviceGone,
    "exits_end_a_stay": .deviceNotOnShelf,
    "stock_levels_never_below_zero": .stockShort,
    "drawers_open_once": .drawerOpen,
    "drawers_follow_a_closing": .drawerOpen,
    "closings_close_once": .drawerClosed,
    "closings_explain_a_difference": .drawerDifference,
    "sales_add_up": .paymentDoesNotAddUp,
    "payments_give_the_change": .paymentDoesNotAddUp,
    "refund_lines_give_a_unit_back_once": .refundTooMuch,
    "refund_lines_never_exceed_the_sale": .refundTooMuch,
    "refunds_of_a_ticket_are_one_by_one": .refundTooMuch,
    "hand_over_terms_change_once_a_day": .changeAlreadyDated,
    "hand_over_texts_are_written_once": .nameTaken,
    "hand_overs_are_of_gifts": .nothingToHandOver,
    "hand_overs_happen_once": .handedOverAlready,
    "hand_overs_need_a_second_person": .witnessOwn,
    "hand_overs_come_before_the_return": .giftReturned,
    "hand_over_sheets_are_attached_once": .sheetAttached,
    "override_motives_code_names_one_motive": .nameTaken,
    "overrides_need_a_second_person": .overrideOwn,
    "overrides_person_id_fkey": .personUnknown,
    "journal_is_never_edited": .journalSealed,
]

extension PostgresError {
    /// The refusal that a person reads, or nil when this is a bug or an outage that the log must hold.
    /// `facts` are what the verb knows of what was asked; the words name them.
    func refusal(_ facts: [String: Refusal.Fact] = [:]) -> Refusal? {
        if let constraint, let reason = constraintRefusals[constraint] {
            return Refusal(reason, facts)
        }
        switch kind {
        case .poolExhausted: return Refusal(.busy)
        case .unavailable, .standstill: return Refusal(.unavailable)
        case .outcomeUnknown: return Refusal(.outcomeUnknown)
        case .timeout, .cancelled: return Refusal(.busy)
        default: return isConnectionLost ? Refusal(.unavailable) : nil
        }
    }
}
