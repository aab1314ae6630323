/// Why the answer is no, told to a person. Expected, closed, never a bug.
public struct Refusal: Error, Hashable, Sendable {
    public let reason: Reason
    /// What the words name: a date, an amount, a label. Never a person's name, birth date or phone.
    public let facts: [String: Fact]

    public init(_ reason: Reason, _ facts: [String: Fact] = [:]) {
        self.reason = reason
        self.facts = facts
    }

    public enum Fact: Hashable, Sendable {
        case text(String)
        case number(Int64)
        case cents(Cents)
        case day(Day)
        case instant(Instant)
        case minutes(Int)
        case field(FieldName)
        case roles(Set<Role>)
        /// What one decision says of itself, in both languages.
        case explained(french: String, english: String)

        public func written(in language: Language) -> String {
            switch self {
            case .text(let text): text
            case .number(let number): String(number)
            case .cents(let cents): Written.cents(cents, in: language)
            case .day(let day): day.printed
            case .instant(let instant):
                instant.day.printed + language.choose(" à ", " at ") + instant.clock
            case .minutes(let minutes): Written.minutes(minutes)
            case .field(let field): field.label(in: language)
            case .roles(let roles):
                Role.allCases.filter(roles.contains).map { $0.name(in: language) }
                    .joined(separator: ", ")
            case .explained(let french, let english): language.choose(french, english)
            }
        }
    }

    /// What, why and what now, in one language, with a short reference for whoever is asked for help.
    public struct Told: Hashable, Sendable, Codable {
        public let code: String
        public let what: String
        public let why: String
        public let now: String
        public let reference: String

        public init(code: String, what: String, why: String, now: String, reference: String) {
            self.code = code
            self.what = what
            self.why = why
            self.now = now
            self.reference = reference
        }
    }

    public func told(in language: Language) -> Told {
        let words = reason.words(in: language)
        return Told(
            code: reason.rawValue,
            what: filled(words.what, language),
            why: filled(words.why, language),
            now: filled(words.now, language),
            reference: reason.reference
        )
    }

    private func filled(_ template: String, _ language: Language) -> String {
        facts.reduce(template) { text, fact in
            text.replacing("{\(fact.key)}", with: fact.value.written(in: language))
        }
    }
}

/// Raw values are stored and sent: never rename or reuse one.
/// The order is precedence: where several apply, the first listed is given.
public enum Reason: String, CaseIterable, Sendable {
    // What was typed, scanned or sent
    case inputUnreadable = "input_unreadable"
    case inputTooLarge = "input_too_large"
    case listTooLong = "list_too_long"
    case fieldMissing = "field_missing"
    case signatureNotSeen = "signature_not_seen"
    case fieldTooLong = "field_too_long"
    case textForbidden = "text_forbidden"
    case dayUnreadable = "day_unreadable"
    case timeUnreadable = "time_unreadable"
    case amountUnreadable = "amount_unreadable"
    case amountOutOfRange = "amount_out_of_range"
    case quantityOutOfRange = "quantity_out_of_range"
    case scanGapOutOfRange = "scan_gap_out_of_range"
    case scanUnreadable = "scan_unreadable"
    case voucherUnreadable = "voucher_unreadable"
    case phoneUnreadable = "phone_unreadable"
    case siretUnreadable = "siret_unreadable"
    case weightUnreadable = "weight_unreadable"
    case nirForbidden = "nir_forbidden"  // B8: no social-security number anywhere
    case motiveForbidden = "motive_forbidden"
    case choiceUnknown = "choice_unknown"
    case codeUnreadable = "code_unreadable"
    case postalCodeUnreadable = "postal_code_unreadable"
    case emailUnreadable = "email_unreadable"
    case birthYearImpossible = "birth_year_impossible"
    case dayInFuture = "day_in_future"
    case startsInPast = "starts_in_past"
    case startsTooFar = "starts_too_far"
    case endBeforeStart = "end_before_start"
    // held by vouchers_end_after_their_signature
    case voucherDatesReversed = "voucher_dates_reversed"
    case voucherTooLong = "voucher_too_long"
    case searchTooShort = "search_too_short"

    // Who asks
    case signInNeeded = "sign_in_needed"
    case signInWrong = "sign_in_wrong"
    case signInTooOften = "sign_in_too_often"
    case passwordTooWeak = "password_too_weak"
    case pinUnreadable = "pin_unreadable"
    case pinTooWeak = "pin_too_weak"
    case badgeUnreadable = "badge_unreadable"
    case tillNotEnrolled = "till_not_enrolled"
    case roleMissing = "role_missing"
    case associationOnly = "association_only"
    case prescribersOnly = "prescribers_only"
    case tillLocked = "till_locked"
    case forgeryGuard = "forgery_guard"
    case offLoopbackDemo = "off_loopback_demo"
    case stationTokenWrong = "station_token_wrong"
    case stationFilesWait = "station_files_wait"
    case stationDayFull = "station_day_full"
    case stationBytesFull = "station_bytes_full"
    case askedTooOften = "asked_too_often"

    // The installation
    case busy = "busy"
    case unavailable = "unavailable"
    case paperUnavailable = "paper_unavailable"
    case picturesUnavailable = "pictures_unavailable"
    case startsTooSoon = "starts_too_soon"
    case mailUnavailable = "mail_unavailable"
    case mailUnreachable = "mail_unreachable"
    case mailRefused = "mail_refused"
    case mailsTooMany = "mails_too_many"
    case sheetsTooMany = "sheets_too_many"
    case signingUnavailable = "signing_unavailable"
    case outcomeUnknown = "outcome_unknown"
    case notSetUp = "not_set_up"
    case alreadySetUp = "already_set_up"
    case demoAndReal = "demo_and_real"
    case migrationsPending = "migrations_pending"

    // The command
    case keyReused = "key_reused"
    case unknownThing = "unknown_thing"
    case structureUnclear = "structure_unclear"
    case nameTaken = "name_taken"  // held by …_names_one_…
    case alreadyEnded = "already_ended"
    case lastAdministrator = "last_administrator"
    // Held by prescriber_accounts_are_one_a_prescriber.
    case prescriberHasAccount = "prescriber_has_account"
    case userWorksOrRefers = "user_works_or_refers"  // held by users_work_or_refer
    case personLikelyKnown = "person_likely_known"
    case noticeRefused = "notice_refused"
    case mergeWithSelf = "merge_with_self"  // held by person_merges_join_two_files
    case mergedAlready = "merged_already"  // held by person_merges_happen_once
    case mergeTwoHouseholds = "merge_two_households"
    case mergeEnrolled = "merge_enrolled"
    case agreementOver = "agreement_over"
    // held by offers_change_once_a_day, quota_rules_change_once_a_day, motives_change_once_a_day
    case changeAlreadyDated = "change_already_dated"
    // held by inspection_list_withdrawals_come_before_their_day, kit_withdrawals_come_before_their_day
    case versionInForce = "version_in_force"
    case quotaContradicts = "quota_contradicts"
    case agreementGoesOn = "agreement_goes_on"
    // held by structures_agreement_ends_after_its_start, agreement_renewals_end_after_their_start
    case agreementDatesReversed = "agreement_dates_reversed"
    case productNotCounted = "product_not_counted"

    // Lots and the register
    case batchUnknown = "batch_unknown"
    case donorKindFixed = "donor_kind_fixed"  // held by donors_keep_their_kind
    case batchEmpty = "batch_empty"
    case batchPaymentUneven = "batch_payment_uneven"
    case sellerMissing = "seller_missing"
    case batchNotReceived = "batch_not_received"  // held by batch_devices_follow_a_receipt
    case deviceInBatch = "device_in_batch"  // held by batch_devices_come_with_one_batch
    // held by batch_devices_come_before_the_shelf
    case batchAfterShelf = "batch_after_shelf"

    // Where it is
    case transferUnknown = "transfer_unknown"
    case transferEmpty = "transfer_empty"
    case unitsDiffer = "units_differ"
    case nothingTicked = "nothing_ticked"
    case transferToItself = "transfer_to_itself"  // held by transfers_go_elsewhere
    // held by transfer_ends_happen_once, transfer_arrivals_happen_once
    case transferEnded = "transfer_ended"
    case transferOwn = "transfer_own"
    case exchangeDearer = "exchange_dearer"
    case transferMissing = "transfer_missing"
    case transferNotListed = "transfer_not_listed"
    // held by transfer_arrivals_never_exceed_what_was_sent
    case transferTooMany = "transfer_too_many"
    // held by stays_follow_an_arrival, removals_follow_an_arrival, batch_devices_follow_an_arrival
    case deviceInTransit = "device_in_transit"
    case locationUnknown = "location_unknown"
    case locationClosed = "location_closed"  // held by device_locations_are_in_use
    case locationHoldsDevices = "location_holds_devices"
    case locationElsewhere = "location_elsewhere"
    case kitTakenOwn = "kit_taken_own"
    case kitTooLarge = "kit_too_large"
    case kitOnShelf = "kit_on_shelf"  // held by kit_returns_come_off_the_shelf
    case kitPartNotWithIt = "kit_part_not_with_it"
    case kitContradicts = "kit_contradicts"
    case kitIncomplete = "kit_incomplete"  // held by stays_need_their_kit
    case rechargeBatchUnknown = "recharge_batch_unknown"
    case rechargeFormatUnknown = "recharge_format_unknown"
    case rechargeFileEmpty = "recharge_file_empty"
    case rechargeFileUnreadable = "recharge_file_unreadable"
    case rechargeColumnUnknown = "recharge_column_unknown"
    case rechargeLinesUnreadable = "recharge_lines_unreadable"
    case rechargeLinesTwice = "recharge_lines_twice"
    case rechargeCheckLine = "recharge_check_line"
    case rechargeSlipDiffers = "recharge_slip_differs"
    case rechargeSlipUneven = "recharge_slip_uneven"
    case rechargeFingerprint = "recharge_fingerprint"
    case rechargeFileKnown = "recharge_file_known"  // held by code_files_are_taken_once
    // held by recharge_codes_are_known_once, recharge_codes_serial_is_one
    case rechargeCodesKnown = "recharge_codes_known"
    case rechargeCodesExpired = "recharge_codes_expired"
    case rechargeBatchTakesTwo = "recharge_batch_takes_two"  // held by code_batches_take_two
    case rechargeBatchDecided = "recharge_batch_decided"  // held by code_batches_are_decided_once
    case rechargeProductNotByCode = "recharge_product_not_by_code"
    case rechargeNone = "recharge_none"
    case rechargeShownElsewhere = "recharge_shown_elsewhere"
    case rechargeShownBefore = "recharge_shown_before"
    case rechargeRefunded = "recharge_refunded"  // held by code_reveals_come_before_the_refund
    case rechargeSealBroken = "recharge_seal_broken"
    // held by refunds_of_codes_are_made_in_their_shop
    case rechargeRefundElsewhere = "recharge_refund_elsewhere"
    // held by code_clearances_are_of_what_was_seen
    case rechargeProofTooSoon = "recharge_proof_too_soon"
    case rechargeProofGiven = "recharge_proof_given"  // held by code_reveals_come_before_the_proof
    case rechargeUncleared = "recharge_uncleared"  // held by refunds_of_codes_take_two
    case orderUnknown = "order_unknown"
    case orderEmpty = "order_empty"
    // held by order_ends_happen_once, order_lines_come_before_the_end, order_receipts_come_before_the_end
    case orderEnded = "order_ended"
    case orderNotListed = "order_not_listed"
    case orderTooMany = "order_too_many"
    case countUnknown = "count_unknown"
    case countOpen = "count_open"  // held by counts_are_one_at_a_time
    case countBlind = "count_blind"
    // held by count_closings_happen_once, count_units_come_before_the_closing
    case countClosed = "count_closed"
    case countEnded = "count_ended"  // held by count_ends_happen_once
    case countMoved = "count_moved"
    case countShort = "count_short"
    case countOwn = "count_own"  // held by counts_need_a_second_person

    // The till
    case tillMissing = "till_missing"
    case shopUnclear = "shop_unclear"
    case drawerClosed = "drawer_closed"
    case drawerOpen = "drawer_open"  // held by drawers_open_once
    case dayUnclosed = "day_unclosed"
    case dayClosed = "day_closed"
    case nothingToClose = "nothing_to_close"
    case closingNeedsDrawer = "closing_needs_drawer"
    case closingNeedsDay = "closing_needs_day"
    case closingTooSoon = "closing_too_soon"
    case cashShort = "cash_short"
    case denominationUnknown = "denomination_unknown"
    case countUneven = "count_uneven"
    case periodReversed = "period_reversed"
    case archiveTooLong = "archive_too_long"
    case archiveTooSoon = "archive_too_soon"
    case archiveNeedsClosing = "archive_needs_closing"
    case folderThere = "folder_there"
    case archiveUnreadable = "archive_unreadable"
    case fecFaulty = "fec_faulty"
    case printerUnreachable = "printer_unreachable"
    case journalBehind = "journal_behind"
    case journalWhole = "journal_whole"
    case accountUnreadable = "account_unreadable"
    case drawerDifference = "drawer_difference"  // held by closings_explain_a_difference
    case ticketEmpty = "ticket_empty"
    case deviceTwice = "device_twice"

    // The right
    case voucherUnknown = "voucher_unknown"
    case voucherForged = "voucher_forged"
    case voucherKeyRevoked = "voucher_key_revoked"
    case voucherRevoked = "voucher_revoked"
    case voucherRenewed = "voucher_renewed"  // held by vouchers_are_renewed_once
    case renewalsUsedUp = "renewals_used_up"
    case renewalOutsidePeriod = "renewal_outside_period"
    case renewalOfOthers = "renewal_of_others"
    case voucherLapsed = "voucher_lapsed"
    case voucherTooOld = "voucher_too_old"
    case voucherElsewhere = "voucher_elsewhere"
    case voucherPersonMissing = "voucher_person_missing"
    case personUnknown = "person_unknown"
    case completionUnknown = "completion_unknown"
    case completionRevoked = "completion_revoked"  // held by completion_revocations_happen_once
    case rightMissing = "right_missing"
    case rightLapsed = "right_lapsed"
    case rightUsedUp = "right_used_up"
    case quotaNeverFits = "quota_never_fits"
    case quotaReached = "quota_reached"
    case overrideOwn = "override_own"  // held by overrides_need_a_second_person
    case overrideExpiry = "override_expiry"

    // What leaves
    case deviceUnknown = "device_unknown"
    case deviceGone = "device_gone"  // held by exits_device_leaves_once
    case deviceNotOnShelf = "device_not_on_shelf"
    case deviceElsewhere = "device_elsewhere"
    case deviceReserved = "device_reserved"
    case deviceNotInspected = "device_not_inspected"  // held by stays_need_an_inspection
    case inspectionIncomplete = "inspection_incomplete"
    // held by inspections_follow_the_list_in_force
    case inspectionListChanged = "inspection_list_changed"
    case inspectionListUneven = "inspection_list_uneven"
    case itemNameUnreadable = "item_name_unreadable"
    case remarkWithoutFault = "remark_without_fault"
    // held by stays_need_an_erasure, exits_need_an_erasure
    case deviceNotErased = "device_not_erased"
    // held by stays_need_sound_disks, exits_need_sound_disks
    case deviceDiskFailing = "device_disk_failing"
    case deviceNotGraded = "device_not_graded"  // held by stays_follow_a_grading
    case deviceUnsellable = "device_unsellable"
    case gradeDiffers = "grade_differs"  // held by gradings_say_why_they_differ
    case gradingRulesUnknown = "grading_rules_unknown"
    case processorMarkUnknown = "processor_mark_unknown"
    case memoryUnknown = "memory_unknown"
    case storageUnread = "storage_unread"
    case memoryNotWhole = "memory_not_whole"
    case gradingRulesUneven = "grading_rules_uneven"
    case marksFileUnreadable = "marks_file_unreadable"
    case markRepeated = "mark_repeated"
    case devicePriceUnusual = "device_price_unusual"
    // held by stays_keep_under_the_legal_ceiling
    case devicePriceAboveCeiling = "device_price_above_ceiling"
    case deviceNotRefunded = "device_not_refunded"  // held by stays_follow_a_refund
    case deviceRecycled = "device_recycled"  // held by stays_never_follow_recycling
    case deviceNotRemoved = "device_not_removed"  // held by removal_reversals_happen_once
    case deviceOnShelf = "device_on_shelf"  // held by stays_are_open_once
    case diskOnShelf = "disk_on_shelf"  // held by device_disks_change_off_the_shelf
    case deviceKnown = "device_known"  // held by devices_serial_names_one_device
    // held by erasures_of_flash_are_not_purged_by_overwriting
    case erasureNotPurge = "erasure_not_purge"
    case productUnknown = "product_unknown"
    case productNotSold = "product_not_sold"
    case stockShort = "stock_short"  // held by stock_levels_never_below_zero

    // The money
    case paymentDoesNotAddUp = "payment_does_not_add_up"  // held by sales_add_up
    case paymentTooLittle = "payment_too_little"
    case programmeUnknown = "programme_unknown"
    case programmeOver = "programme_over"
    case saleUnknown = "sale_unknown"
    case refundTooMuch = "refund_too_much"  // held by refund_lines_give_a_unit_back_once
    case refundCashShort = "refund_cash_short"

    // After-sales
    case afterSalesUnknown = "after_sales_unknown"
    case afterSalesOpen = "after_sales_open"  // held by after_sales_cases_are_open_once
    // held by after_sales_cases_are_of_what_is_away
    case afterSalesNotAway = "after_sales_not_away"
    case afterSalesEnded = "after_sales_ended"  // held by after_sales_ends_end_once
    case afterSalesNotNow = "after_sales_not_now"
    case deviceInAfterSales = "device_in_after_sales"  // held by after_sales_keeps_the_machine
    case diagnosisAnswerUnknown = "diagnosis_answer_unknown"
    case diagnosisUnfinished = "diagnosis_unfinished"
    case diagnosisTreeUneven = "diagnosis_tree_uneven"
    case exchangeOtherKind = "exchange_other_kind"
    case replacementAway = "replacement_away"  // held by refund_lines_wait_for_the_replacement

    // The act of a gift
    // held by hand_overs_are_of_gifts
    case nothingToHandOver = "nothing_to_hand_over"
    case termsMissing = "terms_missing"
    case termsUneven = "terms_uneven"
    case signatureEmpty = "signature_empty"
    case signatureUnreadable = "signature_unreadable"
    case witnessOwn = "witness_own"  // held by hand_overs_need_a_second_person
    case handedOverAlready = "handed_over_already"  // held by hand_overs_happen_once
    case giftReturned = "gift_returned"  // held by hand_overs_come_before_the_return
    case handOverChanged = "hand_over_changed"
    case notHandedOver = "not_handed_over"
    case actErased = "act_erased"

    // The course
    case courseUnknown = "course_unknown"
    case runUnknown = "run_unknown"
    case runOutsideProgramme = "run_outside_programme"
    case sessionUnknown = "session_unknown"
    case sessionBeforeRun = "session_before_run"
    case sessionHeld = "session_held"  // held by sessions_are_held_once
    case sessionCancelled = "session_cancelled"
    case enrolledTwice = "enrolled_twice"  // held by enrolments_are_one_per_run
    case enrolledElsewhere = "enrolled_elsewhere"
    case waitingAlready = "waiting_already"  // held by waitings_wait_once
    case enrolmentAskShop = "enrolment_ask_shop"
    case runTakesNobody = "run_takes_nobody"
    case withdrawalTooLate = "withdrawal_too_late"
    case ownAgreementOver = "own_agreement_over"
    case ownPersonUnknown = "own_person_unknown"
    case ownEnrolledElsewhere = "own_enrolled_elsewhere"
    case ownEnrolmentsTooMany = "own_enrolments_too_many"
    case ownNotEnrolled = "own_not_enrolled"
    case runFull = "run_full"
    case nobodyWaits = "nobody_waits"
    case helpsAlready = "helps_already"  // held by run_helpers_help_once
    case notEnrolled = "not_enrolled"
    case attendanceTooLong = "attendance_too_long"
    // held by attendances_are_frozen_by_the_signed_sheet
    case attendanceFrozen = "attendance_frozen"
    case sheetUnreadable = "sheet_unreadable"
    case sheetAttached = "sheet_attached"  // held by session_sheets_are_attached_once
    case sheetUnknown = "sheet_unknown"
    case catchUpNotEnrolled = "catch_up_not_enrolled"
    // The questionnaires of the course
    case questionnaireUnreadable = "questionnaire_unreadable"
    case questionnaireUnknown = "questionnaire_unknown"
    case questionnaireOtherVersion = "questionnaire_other_version"
    case questionUnknown = "question_unknown"
    case answerImpossible = "answer_impossible"
    case answersDeclined = "answers_declined"
    case answeredBeforeEnrolment = "answered_before_enrolment"
    case enrolmentEnded = "enrolment_ended"
    case questionnaireNotAsked = "questionnaire_not_asked"
    case questionnaireAnswered = "questionnaire_answered"
    case notFinished = "not_finished"
    case finishedAlready = "finished_already"  // held by completions_are_one_per_enrolment

    // The help desk
    case visitUnknown = "visit_unknown"
    case visitTakenBack = "visit_taken_back"  // held by visit_take_backs_happen_once
    case appointmentUnknown = "appointment_unknown"
    case appointmentPast = "appointment_past"
    case appointmentEnded = "appointment_ended"  // held by appointments_end_once
    case appointmentNotYet = "appointment_not_yet"
    case appointmentClash = "appointment_clash"
    case receiverBusy = "receiver_busy"

    // Hardware files; no longer used: file_erasure_log, file_sheet
    case fileMissing = "file_missing"
    case fileEmpty = "file_empty"
    case fileTooLarge = "file_too_large"
    case fileNotText = "file_not_text"
    case fileTruncated = "file_truncated"
    case fileUnreadable = "file_unreadable"
    case fileTooDeep = "file_too_deep"
    case fileTooManyValues = "file_too_many_values"
    case fileOtherFormat = "file_other_format"
    case fileUnknownFormat = "file_unknown_format"
    case fileNotAComputer = "file_not_a_computer"
    case filePartOfAComputer = "file_part_of_a_computer"
    case fileSeveralComputers = "file_several_computers"
    case fileVirtualMachine = "file_virtual_machine"
    case fileValueOutOfRange = "file_value_out_of_range"
    case fileExpands = "file_expands"
    case fileErasesNothing = "file_erases_nothing"
    case fileHealthOfNothing = "file_health_of_nothing"
    case fileOtherDisks = "file_other_disks"
    case fileDiskHealth = "file_disk_health"
    case fileSpreadsheet = "file_spreadsheet"
    case cellUnreadable = "cell_unreadable"
    case rowRepeated = "row_repeated"

    // Pictures of machines
    case pictureUnreadable = "picture_unreadable"
    case pictureTooManyPixels = "picture_too_many_pixels"
    case picturesFull = "pictures_full"

    // Files of structures
    case structureFileUnreadable = "structure_file_unreadable"
    case lineUnreadable = "line_unreadable"
    case lineTooLong = "line_too_long"
    case lineRepeated = "line_repeated"

    // The journal
    case journalBroken = "journal_broken"
    case journalSealed = "journal_sealed"  // held by journal_is_never_edited
    case migrationChanged = "migration_changed"

    /// For whoever is asked for help over the phone: `E-QUOTA-REACHED`.
    public var reference: String {
        "E-" + rawValue.uppercased().replacing("_", with: "-")
    }
}
