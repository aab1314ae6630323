public import Shop

/// A hardware file as it was given.
public struct HardwareUpload: Sendable {
    /// Its name, without a folder: it is kept and told back.
    public let name: String
    public let bytes: [UInt8]
    /// The file's own size: of one above the limit, `bytes` may hold the beginning alone.
    public let size: Int

    public init(path: String, bytes: [UInt8], size: Int? = nil) {
        let name = path.split { $0 == "/" || $0 == "\\" }.last ?? ""
        let scalars = name.unicodeScalars.filter { $0.properties.generalCategory != .control }
        self.name = String(String.UnicodeScalarView(scalars.prefix(200)))
        self.bytes = bytes
        self.size = size ?? bytes.count
    }
}

/// What an import did with one file, or would do.
public struct HardwareImport: Sendable {
    public let file: String
    /// Absent when the file was not recognised.
    public let format: HardwareFormat?
    public let outcome: Outcome
    /// Absent when it was refused.
    public let hardware: Hardware?
    /// What it proves of drives that were erased, in the file's order.
    public let drives: [DriveImport]
    /// What it says of the wear of disks, in the file's order.
    public let healths: [HealthImport]
    /// Of a sheet of many machines: each of its rows, in their order.
    public let rows: [Row]

    public struct Row: Sendable {
        /// As the spreadsheet numbers it.
        public let line: Int
        public let result: HardwareImport
    }

    public enum Outcome: Hashable, Sendable {
        /// The label that it got; absent in a preview.
        case new(String?)
        case known(Known)
        case refused(Refusal)
    }

    /// The machine that was taken in or found; nil for a sheet, in a preview and where it was refused.
    public var label: String? {
        switch outcome {
        case .new(let label): label
        case .known(let known): known.label
        case .refused: nil
        }
    }

    init(
        file: String,
        format: HardwareFormat?,
        outcome: Outcome,
        hardware: Hardware?,
        drives: [DriveImport] = [],
        healths: [HealthImport] = [],
        rows: [Row] = []
    ) {
        self.rows = rows
        self.healths = healths
        self.file = file
        self.format = format
        self.outcome = outcome
        self.hardware = hardware
        self.drives = drives
    }

    /// A wipe log: new where it proves an erasure that was not recorded, known where all it proves was, refused where it
    /// proves none for a machine of the shop.
    init(log file: String, _ format: HardwareFormat, _ drives: [DriveImport]) {
        let known = drives.compactMap(\.knownLabel)
        let outcome: Outcome =
            if drives.contains(where: { $0.erasedLabel != nil }) {
                .new(nil)
            } else if !known.isEmpty {
                .known(.erasures(labels: known))
            } else {
                .refused(
                    Refusal(
                        .fileErasesNothing,
                        [
                            "file": .text(file),
                            "why": .explained(
                                french: drives.first?.words(in: .french) ?? "–",
                                english: drives.first?.words(in: .english) ?? "–"
                            ),
                        ]
                    )
                )
            }
        self.init(file: file, format: format, outcome: outcome, hardware: nil, drives: drives)
    }

    /// Reports of disks: new where one tells something that was not recorded, known where all were, refused where none is of
    /// a disk of the shop.
    init(health file: String, _ format: HardwareFormat, _ healths: [HealthImport]) {
        let known = healths.compactMap(\.knownLabel)
        let outcome: Outcome =
            if healths.contains(where: { $0.toldLabel != nil }) {
                .new(nil)
            } else if !known.isEmpty {
                .known(.healths(labels: known))
            } else {
                .refused(
                    Refusal(
                        .fileHealthOfNothing,
                        [
                            "file": .text(file),
                            "why": .explained(
                                french: healths.first?.words(in: .french) ?? "–",
                                english: healths.first?.words(in: .english) ?? "–"
                            ),
                        ]
                    )
                )
            }
        self.init(file: file, format: format, outcome: outcome, hardware: nil, healths: healths)
    }

    /// A sheet: new where a row is, known where all that can be taken are, refused where none can.
    init(sheet file: String, _ format: HardwareFormat, _ rows: [Row]) {
        func count(_ matches: (Outcome) -> Bool) -> Int {
            rows.count { matches($0.result.outcome) }
        }
        let new = count { if case .new = $0 { true } else { false } }
        let known = count { if case .known = $0 { true } else { false } }
        let outcome: Outcome =
            if new > 0 {
                .new(nil)
            } else if known > 0 {
                .known(.sheet(rows: known))
            } else {
                rows.first?.result.outcome ?? .refused(Refusal(.fileEmpty, ["file": .text(file)]))
            }
        self.init(file: file, format: format, outcome: outcome, hardware: nil, rows: rows)
    }

    /// A file that could not be read at all.
    public init(missing path: String) {
        let file = HardwareUpload(path: path, bytes: []).name
        self.init(
            file: file,
            format: nil,
            outcome: .refused(Refusal(.fileMissing, ["file": .text(file)])),
            hardware: nil
        )
    }

    /// Why a machine is not new.
    public enum Known: Hashable, Sendable, Codable {
        /// This very file was imported before.
        case file(label: String)
        /// Same maker, model and serial.
        case identity(label: String)
        /// The same machine, but it is on the shelf or has left, where its disks do not change: `gone` are on its record
        /// and not in the file, `new` the other way round.
        case otherDisks(label: String, stage: DeviceStage, gone: [StoredDisk], new: [StoredDisk])
        /// Another file of the same import, named here, describes the same machine.
        case twin(file: String)
        /// What this log proves was recorded before, for these machines.
        case erasures(labels: [String])
        /// What this report tells was recorded before, of disks of these machines.
        case healths(labels: [String])
        /// So many rows of this sheet are machines that the shop has.
        case sheet(rows: Int)
    }
}

/// The contract's object, one a file. `reason` is in the language that the encoder's user chose.
public struct ToldImport: Codable, Sendable {
    public let file: String
    public let format: HardwareFormat?
    public let outcome: String
    public let reason: String?
    /// Code, what, why, now: only when refused.
    public let refusal: Refusal.Told?
    public let label: String?
    public let device: Hardware?
    /// What a person should know before trusting the device, told.
    public let notes: [String]
    /// Whether it exists only inside another machine: nobody takes it in without saying so.
    public let virtual: Bool
    /// What it proves of drives that were erased.
    public let drives: [ToldDrive]
    /// What it says of the wear of disks.
    public let healths: [ToldHealth]
    /// Of a sheet of many machines, each row.
    public let rows: [Row]

    public struct Row: Codable, Sendable {
        public let line: Int
        public let outcome: String
        public let reason: String?
        public let refusal: Refusal.Told?
        public let label: String?
        public let device: Hardware?
    }

    /// - Parameter path: how the file was named by whoever asked, where that was a path.
    public init(_ result: HardwareImport, path: String? = nil, in language: Language) {
        file = path ?? result.file
        format = result.format
        device = result.hardware
        virtual = result.hardware?.isVirtual ?? false
        notes =
            (result.hardware?.remarks.map { $0.words(in: language) } ?? [])
            + result.drives.map { $0.words(in: language) }
            + result.healths.map { $0.words(in: language) }
        healths = result.healths.map { ToldHealth($0, in: language) }
        drives = result.drives.map { ToldDrive($0, in: language) }
        rows = result.rows.map { row in
            let told = ToldImport(row.result, in: language)
            return Row(
                line: row.line,
                outcome: told.outcome,
                reason: told.reason,
                refusal: told.refusal,
                label: told.label,
                device: told.device
            )
        }
        switch result.outcome {
        case .new(let label):
            outcome = "new"
            reason = nil
            refusal = nil
            self.label = label
        case .known(let known):
            outcome = "known"
            reason = known.words(in: language)
            refusal = nil
            label = known.label
        case .refused(let refused):
            let told = refused.told(in: language)
            outcome = "refused"
            reason = told.why
            refusal = told
            label = nil
        }
    }
}

extension HardwareImport.Known {
    public var label: String? {
        switch self {
        case .file(let label), .identity(let label), .otherDisks(let label, _, _, _): label
        case .twin, .sheet: nil
        case .erasures(let labels), .healths(let labels): labels.first
        }
    }

    public func words(in language: Language) -> String {
        switch self {
        case .file(let label):
            language.choose(
                "Ce fichier a déjà été importé\u{A0}: \(label).",
                "This file was imported before: \(label)."
            )
        case .identity(let label):
            language.choose(
                "Même fabricant, même modèle, même numéro de série que \(label).",
                "Same maker, model and serial number as \(label)."
            )
        case .otherDisks(let label, let stage, let gone, let new):
            [
                language.choose(
                    stage == .onShelf
                        ? "\(label) est en rayon\u{A0}: ses disques n’y changent pas, rien n’a été modifié."
                        : "\(label) est sorti sans revenir\u{A0}: rien n’a été modifié.",
                    stage == .onShelf
                        ? "\(label) is on the shelf: its disks do not change there, nothing was changed."
                        : "\(label) left and did not come back: nothing was changed."
                ),
                told(
                    new,
                    language.choose("Dans le fichier seulement", "In the file alone"),
                    language
                ),
                told(gone, language.choose("Enregistré seulement", "On record alone"), language),
            ].compactMap { $0 }.joined(separator: " ")
        case .twin(let file):
            language.choose(
                "Le fichier «\u{A0}\(file)\u{A0}» décrit le même appareil.",
                "The file “\(file)” describes the same device."
            )
        case .sheet(let rows):
            language.choose(
                "Déjà au stock\u{A0}: \(rows) lignes.",
                "In the stock already: \(rows) rows."
            )
        case .erasures(let labels):
            language.choose(
                "Effacement déjà noté\u{A0}: \(labels.joined(separator: ", ")).",
                "Erasure recorded before: \(labels.joined(separator: ", "))."
            )
        case .healths(let labels):
            language.choose(
                "Bilan de santé déjà noté\u{A0}: \(labels.joined(separator: ", ")).",
                "Health report recorded before: \(labels.joined(separator: ", "))."
            )
        }
    }

    private func told(_ disks: [StoredDisk], _ what: String, _ language: Language) -> String? {
        guard !disks.isEmpty else { return nil }
        let names = disks.map { $0.name(in: language) }.joined(separator: ", ")
        return what + language.choose("\u{A0}: ", ": ") + names + "."
    }
}
