/// What belongs to the proof and is no ticket (A11): who worked, what was set, what left.
public enum JournalEvent: String, CaseIterable, Sendable, Codable {
    case signedIn = "signed_in"
    case signedOut = "signed_out"
    /// What `verify` found: the subject is the first fault.
    case verificationFailed = "verification_failed"
    /// A line was taken off a ticket that was under way, or the whole ticket was.
    case lineVoided = "line_voided"
    case saleAbandoned = "sale_abandoned"
    /// A price, a rule, a number, a role: the subject is the command.
    case parameterChanged = "parameter_changed"
    case softwareChanged = "software_changed"
    case exported
    case purged
    case clockJumped = "clock_jumped"
    case backupRestored = "backup_restored"
    case keyChanged = "key_changed"
    case codeAlarm = "code_alarm"

    public func name(in language: Language) -> String {
        switch self {
        case .signedIn: language.choose("Connexion", "Signed in")
        case .signedOut: language.choose("Déconnexion", "Signed out")
        case .verificationFailed: language.choose("Vérification en échec", "Verification failed")
        case .lineVoided: language.choose("Ligne retirée du ticket", "Line taken off the ticket")
        case .saleAbandoned: language.choose("Vente abandonnée", "Sale abandoned")
        case .parameterChanged: language.choose("Réglage modifié", "Setting changed")
        case .softwareChanged: language.choose("Version du logiciel", "Software version")
        case .exported: language.choose("Export", "Export")
        case .purged: language.choose("Purge", "Purge")
        case .clockJumped: language.choose("Saut d’horloge", "Clock jumped")
        case .backupRestored: language.choose("Sauvegarde restaurée", "Backup restored")
        case .keyChanged: language.choose("Clé de signature changée", "Signing key changed")
        case .codeAlarm: language.choose("Alerte sur un code", "Alarm about a code")
        }
    }
}

/// Why a chain goes on behind what was told outside. A list, because it is sealed in the journal.
public enum ResumeReason: String, CaseIterable, Sendable, Codable {
    case diskLost = "disk_lost"
    case backupOlder = "backup_older"
    case other
}

/// An event as it is kept. Every column of `journal_events` is here. The subject is a code or a number, never a person.
public struct EventRecord: Hashable, Sendable {
    public let event: String
    public let subject: String
    public let detail: String
    /// Nil: the installation by itself.
    public let user: ID<User>?
    public let link: Link

    public init(event: String, subject: String, detail: String, user: ID<User>?, link: Link) {
        self.event = event
        self.subject = subject
        self.detail = detail
        self.user = user
        self.link = link
    }

    public var canonical: Canonical {
        var entry = link.canonical
        entry.put("event", event)
        entry.put("subject", subject)
        entry.put("detail", detail)
        entry.put("user_id", user)
        return entry
    }
}

/// A print of a ticket, as it is kept: every column of `receipt_prints` is here. The original's is an event, each other a duplicate.
public struct PrintRecord: Hashable, Sendable {
    /// Where the ticket stands in the same chain.
    public let original: Int64
    /// 0: the original. From 1 the how-manyth duplicate.
    public let copy: Int
    public let by: ID<User>
    public let link: Link

    public init(original: Int64, copy: Int, by: ID<User>, link: Link) {
        self.original = original
        self.copy = copy
        self.by = by
        self.link = link
    }

    public var canonical: Canonical {
        var entry = link.canonical
        if copy == 0 { entry.put("event", "receipt_printed") }
        entry.put("original_position", original)
        entry.put("copy", copy)
        entry.put("printed_by", by)
        return entry
    }
}
