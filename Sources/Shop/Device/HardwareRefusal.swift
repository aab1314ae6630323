/// Why a hardware file is not taken, with what was recognised of it.
public struct HardwareRefusal: Error, Hashable, Sendable {
    public let file: String
    /// Absent when the file was not recognised.
    public let format: HardwareFormat?
    public let cause: Cause

    public enum Cause: Error, Hashable, Sendable {
        case empty
        case tooLarge(bytes: Int)
        case notText
        case otherFormat(OtherFormat)
        case unknownFormat
        case truncated(line: Int)
        case malformed(line: Int, column: Int)
        case tooDeep
        case tooManyValues(most: Int)
        case notAComputer(field: String, value: String)
        case partOfAComputer(field: String, value: String)
        case severalComputers(count: Int)
        case fieldTooLong(field: String, start: String, length: Int)
        /// It asks whoever reads it to repeat or to fetch text: a document type in XML, anchors in YAML.
        case expands
        /// What a disk says of its own wear: evidence, no computer.
        case diskHealth
        /// A workbook.
        case spreadsheet
    }

    /// Documents that we know and do not read.
    public enum OtherFormat: String, Hashable, Sendable, CaseIterable {
        case lshwText = "lshw"
        case hwinfo
        case inxi
        case systemProfiler = "system_profiler"
        case webPage = "HTML"

        /// By how a text begins; nil when it is none of them.
        init?(start: String) {
            if start.contains("*-core") && start.contains("description:") {
                self = .lshwText
            } else if start.contains("[Created at ") && start.contains("Unique ID: ") {
                self = .hwinfo
            } else if start.contains("System:") && start.contains("Kernel:") {
                self = .inxi
            } else if start.contains("Hardware Overview:") {
                self = .systemProfiler
            } else {
                return nil
            }
        }
    }

    public init(file: String, format: HardwareFormat?, cause: Cause) {
        self.file = String(file.prefix(ReadName.lengthMax))
        self.format = format
        self.cause = cause
    }

    /// What a person is told: the file, and the field and its value where one decided.
    public var refusal: Refusal {
        func refuse(_ reason: Reason, _ facts: [String: Refusal.Fact] = [:]) -> Refusal {
            Refusal(reason, facts.merging(["file": .text(file)]) { fact, _ in fact })
        }
        switch cause {
        case .empty: return refuse(.fileEmpty)
        case .tooLarge(let bytes):
            return refuse(
                .fileTooLarge,
                ["size": megabytes(bytes), "most": megabytes(HardwareFile.bytesMax)]
            )
        case .notText: return refuse(.fileNotText)
        case .otherFormat(let format):
            return refuse(.fileOtherFormat, ["format": .text(format.rawValue)])
        case .unknownFormat: return refuse(.fileUnknownFormat)
        case .truncated(let line): return refuse(.fileTruncated, ["line": .number(Int64(line))])
        case .malformed(let line, let column):
            return refuse(
                .fileUnreadable,
                ["line": .number(Int64(line)), "column": .number(Int64(column))]
            )
        case .tooDeep:
            return refuse(.fileTooDeep, ["most": .number(Int64(JSONReader.depthMax))])
        case .tooManyValues(let most):
            return refuse(.fileTooManyValues, ["most": .number(Int64(most))])
        case .notAComputer(let field, let value):
            return refuse(.fileNotAComputer, ["field": .text(field), "value": .text(value)])
        case .partOfAComputer(let field, let value):
            return refuse(.filePartOfAComputer, ["field": .text(field), "value": .text(value)])
        case .severalComputers(let count):
            return refuse(.fileSeveralComputers, ["count": .number(Int64(count))])
        case .expands: return refuse(.fileExpands)
        case .diskHealth: return refuse(.fileDiskHealth)
        case .spreadsheet: return refuse(.fileSpreadsheet)
        case .fieldTooLong(let field, let start, let length):
            return refuse(
                .fileValueOutOfRange,
                [
                    "field": .text(field), "value": .text(start), "length": .number(Int64(length)),
                    "most": .number(Int64(ReadName.lengthMax)),
                ]
            )
        }
    }

    /// Millions of bytes, rounded up.
    private func megabytes(_ bytes: Int) -> Refusal.Fact {
        .number(Int64((bytes + 999_999) / 1_000_000))
    }
}

extension HardwareRemark {
    public func words(in language: Language) -> String {
        switch self {
        case .virtualMachine:
            language.choose(
                "Machine virtuelle\u{A0}: ce n’est pas un appareil que l’on peut vendre.",
                "Virtual machine: not a device that can be sold."
            )
        case .noTrueSerial:
            language.choose(
                "Pas de vrai numéro de série\u{A0}: seule l’étiquette distinguera cet appareil.",
                "No true serial number: only the label will tell this device apart."
            )
        case .storageUnread:
            language.choose(
                "Stockage non lu\u{A0}: vérifiez s’il y a un disque avant de dire l’appareil vide.",
                "Storage not read: look for a disk before calling the device empty."
            )
        case .memoryUnread:
            language.choose(
                "Mémoire non lue\u{A0}: relevez-la à la main.",
                "Memory not read: note it by hand."
            )
        }
    }
}
