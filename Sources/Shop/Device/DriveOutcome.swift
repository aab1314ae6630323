/// A disk that is in one of the shop's machines, as an erasure log is held against it.
public struct FittedDisk: Hashable, Sendable {
    public let id: ID<Disk>
    public let device: ID<Device>
    public let label: String
    /// As the machine's record says it.
    public let serial: String
    public let stage: DeviceStage
    /// Since when the shop has it in its hands, in whatever machine it was; nil for one that never left.
    public let since: Instant?
    /// Whether this very log was recorded for it before.
    public let isRecorded: Bool
    /// Whether it stands in a shop where whoever asks works the stock: of others nothing is told.
    public let isOwn: Bool

    public init(
        id: ID<Disk>,
        device: ID<Device>,
        label: String,
        serial: String,
        stage: DeviceStage,
        since: Instant?,
        isRecorded: Bool,
        isOwn: Bool = true
    ) {
        self.id = id
        self.device = device
        self.label = label
        self.serial = serial
        self.stage = stage
        self.since = since
        self.isRecorded = isRecorded
        self.isOwn = isOwn
    }
}

/// What an erasure log changes for one of its drives.
public enum DriveOutcome: Hashable, Sendable {
    /// This disk was erased at this instant.
    case erased(FittedDisk, Instant)
    /// The same log said so before.
    case known(FittedDisk)
    case refused(DriveRefusal)
}

/// Why a drive of a log opens no gate. The order is precedence.
public enum DriveRefusal: Error, Hashable, Sendable, Codable {
    case doubtful(ErasureDoubt)
    /// What was written was not read again.
    case unverified
    case undated
    /// The tool's clock stood ahead: it says a moment to come.
    case ahead
    /// No machine of the shop holds a disk of this serial.
    case diskUnknown
    /// Several machines hold a disk of this serial.
    case severalDisks
    /// The machine was sold, given, recycled or lost.
    case left(label: String)
    /// The machine came back since: what was done before is of its former life.
    case before(label: String)
}

extension Serial {
    /// The one disk in a machine of the shop that bears this serial. Throws `diskUnknown`, `severalDisks`, `left`.
    func disk(among disks: [FittedDisk]) throws(DriveRefusal) -> FittedDisk {
        let found = disks.filter { Serial.normalised($0.serial) == normalised }
        // A machine that left may still hold it on its record.
        let here = found.filter { $0.stage != .left }
        let candidates = here.isEmpty ? found : here
        guard let disk = candidates.first, candidates.contains(where: \.isOwn) else {
            throw .diskUnknown
        }
        if candidates.count > 1 { throw .severalDisks }
        if disk.stage == .left { throw .left(label: disk.label) }
        return disk
    }
}

extension DriveErasure {
    /// Which of `disks` this erasure is of, by the serial alone (acceptance C2, X7), and whether it counts.
    public func judged(against disks: [FittedDisk], at now: Instant) -> DriveOutcome {
        if let doubt = doubts.first { return .refused(.doubtful(doubt)) }
        guard let serial else { return .refused(.doubtful(.serialUnknown)) }
        if !isVerified { return .refused(.unverified) }
        guard let at = ended?.instant else { return .refused(.undated) }
        if at > now { return .refused(.ahead) }
        let disk: FittedDisk
        do throws(DriveRefusal) { disk = try serial.disk(among: disks) } catch {
            return .refused(error)
        }
        if let since = disk.since, at <= since { return .refused(.before(label: disk.label)) }
        return disk.isRecorded ? .known(disk) : .erased(disk, at)
    }
}

extension LoggedTime {
    /// By the shop's clock where the tool did not say which it went by.
    var instant: Instant {
        isUTC
            ? Instant(microseconds: Int64(seconds) * 1_000_000) : Instant(shopClock: seconds)
    }
}

extension DriveRefusal {
    public func words(in language: Language) -> String {
        switch self {
        case .doubtful(let doubt): doubt.words(in: language)
        case .unverified:
            language.choose(
                "le disque n’a pas été relu après l’effacement",
                "the disk was not read again after erasing"
            )
        case .undated:
            language.choose("le journal ne dit pas quand", "the log does not say when")
        case .ahead:
            language.choose(
                "le journal est daté de l’avenir\u{A0}: l’horloge du poste avance",
                "the log is dated in the future: the bench’s clock is ahead"
            )
        case .diskUnknown:
            language.choose(
                "aucun appareil de l’espace n’a ce disque",
                "no machine of the shop holds this disk"
            )
        case .severalDisks:
            language.choose(
                "plusieurs appareils ont un disque de ce numéro",
                "several machines hold a disk of this number"
            )
        case .left(let label):
            language.choose("\(label) est sorti de l’espace", "\(label) has left the shop")
        case .before(let label):
            language.choose(
                "effacé avant le dernier retour de \(label)",
                "erased before \(label) last came back"
            )
        }
    }
}

extension ErasureDoubt {
    public func words(in language: Language) -> String {
        switch self {
        case .unfinished:
            language.choose("l’effacement n’est pas allé au bout", "the erasure did not finish")
        case .aborted: language.choose("quelqu’un l’a arrêté", "somebody stopped it")
        case .failed: language.choose("l’outil dit qu’il a échoué", "the tool says that it failed")
        case .errors:
            language.choose("le disque a eu des erreurs", "the disk had errors")
        case .onlyVerified:
            language.choose(
                "le disque a été relu, pas effacé",
                "the disk was read, not erased"
            )
        case .methodUnknown:
            language.choose("méthode d’effacement inconnue", "unknown method of erasure")
        case .partial:
            language.choose(
                "une partie seulement a été effacée",
                "only a part was erased"
            )
        case .tooQuick:
            language.choose(
                "trop rapide pour un disque entier",
                "too quick for a whole disk"
            )
        case .serialUnknown:
            language.choose(
                "numéro de série du disque absent ou masqué",
                "the disk’s serial number is absent or masked"
            )
        }
    }
}
