/// What a refusal says in both languages. The words of each reason stand in `Words`, a file a subject.
struct RefusalWords: Sendable {
    let french: Sentences
    let english: Sentences

    /// What, why, what now. `{name}` is one of the refusal's facts.
    struct Sentences: Sendable {
        let what: String
        let why: String
        let now: String
    }
}

extension Reason {
    func words(in language: Language) -> RefusalWords.Sentences {
        switch language {
        case .french: words.french
        case .english: words.english
        }
    }

    /// Every reason has its words: one that has none does not compile.
    private var words: RefusalWords {
        switch self {
        case .inputUnreadable: .inputUnreadable
        case .inputTooLarge: .inputTooLarge
        case .fieldMissing: .fieldMissing
        case .signatureNotSeen: .signatureNotSeen
        case .fieldTooLong: .fieldTooLong
        case .textForbidden: .textForbidden
        case .dayUnreadable: .dayUnreadable
        case .timeUnreadable: .timeUnreadable
        case .amountUnreadable: .amountUnreadable
        case .amountOutOfRange: .amountOutOfRange
        case .quantityOutOfRange: .quantityOutOfRange
        case .scanGapOutOfRange: .scanGapOutOfRange
        case .scanUnreadable: .scanUnreadable
        case .voucherUnreadable: .voucherUnreadable
        case .phoneUnreadable: .phoneUnreadable
        case .siretUnreadable: .siretUnreadable
        case .nirForbidden: .nirForbidden
        case .choiceUnknown: .choiceUnknown
        case .codeUnreadable: .codeUnreadable
        case .postalCodeUnreadable: .postalCodeUnreadable
        case .emailUnreadable: .emailUnreadable
        case .birthYearImpossible: .birthYearImpossible
        case .dayInFuture: .dayInFuture
        case .startsInPast: .startsInPast
        case .endBeforeStart: .endBeforeStart
        case .voucherDatesReversed: .voucherDatesReversed
        case .searchTooShort: .searchTooShort
        case .signInNeeded: .signInNeeded
        case .signInWrong: .signInWrong
        case .signInTooOften: .signInTooOften
        case .passwordTooWeak: .passwordTooWeak
        case .pinUnreadable: .pinUnreadable
        case .pinTooWeak: .pinTooWeak
        case .badgeUnreadable: .badgeUnreadable
        case .tillNotEnrolled: .tillNotEnrolled
        case .roleMissing: .roleMissing
        case .associationOnly: .associationOnly
        case .prescribersOnly: .prescribersOnly
        case .tillLocked: .tillLocked
        case .forgeryGuard: .forgeryGuard
        case .offLoopbackDemo: .offLoopbackDemo
        case .busy: .busy
        case .unavailable: .unavailable
        case .outcomeUnknown: .outcomeUnknown
        case .notSetUp: .notSetUp
        case .alreadySetUp: .alreadySetUp
        case .demoAndReal: .demoAndReal
        case .migrationsPending: .migrationsPending
        case .keyReused: .keyReused
        case .unknownThing: .unknownThing
        case .structureUnclear: .structureUnclear
        case .nameTaken: .nameTaken
        case .alreadyEnded: .alreadyEnded
        case .lastAdministrator: .lastAdministrator
        case .prescriberHasAccount: .prescriberHasAccount
        case .userWorksOrRefers: .userWorksOrRefers
        case .personLikelyKnown: .personLikelyKnown
        case .agreementOver: .agreementOver
        case .changeAlreadyDated: .changeAlreadyDated
        case .agreementDatesReversed: .agreementDatesReversed
        case .productNotCounted: .productNotCounted
        case .tillMissing: .tillMissing
        case .shopUnclear: .shopUnclear
        case .drawerClosed: .drawerClosed
        case .drawerOpen: .drawerOpen
        case .drawerDifference: .drawerDifference
        case .ticketEmpty: .ticketEmpty
        case .deviceTwice: .deviceTwice
        case .voucherUnknown: .voucherUnknown
        case .voucherForged: .voucherForged
        case .voucherKeyRevoked: .voucherKeyRevoked
        case .voucherRevoked: .voucherRevoked
        case .voucherLapsed: .voucherLapsed
        case .voucherTooOld: .voucherTooOld
        case .voucherElsewhere: .voucherElsewhere
        case .voucherPersonMissing: .voucherPersonMissing
        case .personUnknown: .personUnknown
        case .completionUnknown: .completionUnknown
        case .completionRevoked: .completionRevoked
        case .rightMissing: .rightMissing
        case .rightLapsed: .rightLapsed
        case .rightUsedUp: .rightUsedUp
        case .quotaNeverFits: .quotaNeverFits
        case .quotaReached: .quotaReached
        case .deviceUnknown: .deviceUnknown
        case .deviceGone: .deviceGone
        case .deviceNotOnShelf: .deviceNotOnShelf
        case .deviceElsewhere: .deviceElsewhere
        case .deviceReserved: .deviceReserved
        case .deviceNotInspected: .deviceNotInspected
        case .deviceNotErased: .deviceNotErased
        case .devicePriceUnusual: .devicePriceUnusual
        case .devicePriceAboveCeiling: .devicePriceAboveCeiling
        case .deviceNotRefunded: .deviceNotRefunded
        case .deviceRecycled: .deviceRecycled
        case .deviceOnShelf: .deviceOnShelf
        case .diskOnShelf: .diskOnShelf
        case .deviceKnown: .deviceKnown
        case .erasureNotPurge: .erasureNotPurge
        case .productUnknown: .productUnknown
        case .productNotSold: .productNotSold
        case .stockShort: .stockShort
        case .paymentDoesNotAddUp: .paymentDoesNotAddUp
        case .paymentTooLittle: .paymentTooLittle
        case .programmeUnknown: .programmeUnknown
        case .programmeOver: .programmeOver
        case .saleUnknown: .saleUnknown
        case .refundTooMuch: .refundTooMuch
        case .refundCashShort: .refundCashShort
        case .courseUnknown: .courseUnknown
        case .runUnknown: .runUnknown
        case .runOutsideProgramme: .runOutsideProgramme
        case .sessionUnknown: .sessionUnknown
        case .sessionBeforeRun: .sessionBeforeRun
        case .sessionHeld: .sessionHeld
        case .sessionCancelled: .sessionCancelled
        case .enrolledTwice: .enrolledTwice
        case .enrolledElsewhere: .enrolledElsewhere
        case .waitingAlready: .waitingAlready
        case .runFull: .runFull
        case .nobodyWaits: .nobodyWaits
        case .helpsAlready: .helpsAlready
        case .notEnrolled: .notEnrolled
        case .attendanceTooLong: .attendanceTooLong
        case .attendanceFrozen: .attendanceFrozen
        case .sheetUnreadable: .sheetUnreadable
        case .sheetAttached: .sheetAttached
        case .sheetUnknown: .sheetUnknown
        case .catchUpNotEnrolled: .catchUpNotEnrolled
        case .notFinished: .notFinished
        case .finishedAlready: .finishedAlready
        case .fileMissing: .fileMissing
        case .fileEmpty: .fileEmpty
        case .fileTooLarge: .fileTooLarge
        case .fileNotText: .fileNotText
        case .fileTruncated: .fileTruncated
        case .fileUnreadable: .fileUnreadable
        case .fileTooDeep: .fileTooDeep
        case .fileTooManyValues: .fileTooManyValues
        case .fileOtherFormat: .fileOtherFormat
        case .fileUnknownFormat: .fileUnknownFormat
        case .fileNotAComputer: .fileNotAComputer
        case .filePartOfAComputer: .filePartOfAComputer
        case .fileSeveralComputers: .fileSeveralComputers
        case .fileVirtualMachine: .fileVirtualMachine
        case .fileValueOutOfRange: .fileValueOutOfRange
        case .journalBroken: .journalBroken
        case .journalSealed: .journalSealed
        case .migrationChanged: .migrationChanged
        }
    }
}
