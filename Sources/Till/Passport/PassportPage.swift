import Shop
import Store

/// What a passport says, for the buyer and for the staff alike: `{{#body}}{{>passport-body}}{{/body}}`.
struct PassportBody: Sendable {
    let name: String
    let kind: String
    let facts: [DevicePage.Fact]
    let tests: [DevicePage.Check]
    let hasTests: Bool
    let testedOn: String?
    let disks: [Disk]
    let hasDisks: Bool
    let repairs: [String]
    let hasRepairs: Bool
    /// Each line of the guarantee; empty before it is handed over.
    let guarantee: [String]
    let hasGuarantee: Bool
    let impact: Impact?
    /// Those that somebody put on it.
    let pictures: [PassportPicture]
    let hasPictures: Bool

    struct Disk: Sendable {
        let name: String
        let tag: Tag
        /// When and how it was erased; nil while it waits.
        let erasure: String?
        let health: DevicePage.DiskLine.Health?
    }

    struct Impact: Sendable {
        let lines: [String]
        let source: String
    }

    /// - Parameter isPublic: whether serial numbers are masked, and what somebody wrote of a fault is left out.
    init(
        _ words: Words,
        _ passport: DevicePassport,
        _ pictures: [DevicePicture],
        isPublic: Bool
    ) {
        let language = words.language
        kind = passport.kind.name(in: language)
        name = passport.kind.named(passport.maker, passport.model, in: language)
        func serial(_ text: String) -> String { isPublic ? masked(serial: text) : text }
        let facts: [(String, String?)] = [
            ("device_label", passport.label), ("device_serial", serial(passport.serial)),
            ("device_processor", passport.processor),
            ("device_memory", passport.memoryMB.map { gigabytes(mebibytes: $0, in: language) }),
            ("device_screen", passport.screen),
            ("device_battery", passport.batteryPercent.map { "\($0)\u{A0}%" }),
            ("device_grade", passport.grade?.name(in: language)),
            ("kit_with", passport.kit.withIt(in: language)),
            ("passport_by", passport.association),
        ]
        self.facts = facts.compactMap { key, value in
            guard let value, !value.isEmpty else { return nil }
            return DevicePage.Fact(name: words(key), value: value)
        }
        tests =
            passport.testedOn == nil
            ? []
            : passport.tests.map { DevicePage.Check($0, words, tellsRemark: !isPublic) }
        hasTests = !tests.isEmpty
        testedOn = passport.testedOn.map {
            words(
                "device_inspected_on",
                ["day": $0.printed, "list": passport.listStartsOn.map(words.list) ?? ""]
            )
        }
        disks = passport.disks.map { disk in
            let line = DevicePage.DiskLine(disk, words, removing: nil)
            return Disk(
                name: [line.name, serial(disk.serial)].filter { !$0.isEmpty }
                    .joined(separator: " "),
                tag: Tag(tone: line.tone, icon: line.icon, words: line.words),
                erasure: line.erasure,
                health: line.health
            )
        }
        hasDisks = !disks.isEmpty
        repairs = passport.repairs.map { words("passport_repaired_on", ["day": $0.printed]) }
        hasRepairs = !repairs.isEmpty
        guarantee =
            passport.guarantee.map { guarantee in
                [
                    words("passport_handed_over", ["day": guarantee.handedOverOn.printed]),
                    words(
                        guarantee.isGift ? "passport_guarantee_gift" : "passport_guarantee",
                        ["day": guarantee.endsOn.printed]
                    ),
                    guarantee.presumptionEndsOn.map {
                        words("passport_presumption", ["day": $0.printed])
                    },
                ].compactMap(\.self)
            } ?? []
        hasGuarantee = !guarantee.isEmpty
        impact = passport.impact.map { factor in
            func line(_ key: String, _ grams: Int?) -> String? {
                grams.map { words(key, ["weight": ImpactFactor.written(grams: $0, in: language)]) }
            }
            return Impact(
                lines: [
                    line("passport_carbon", factor.carbonGrams),
                    line("passport_materials", factor.materialsGrams),
                    line("passport_waste", factor.wasteGrams),
                ].compactMap(\.self),
                source: words("passport_source", ["source": factor.source])
            )
        }
        let token = passport.token.flatMap { PassportToken($0) }
        self.pictures =
            token.map { token in
                pictures.enumerated().map { index, picture in
                    PassportPicture(words, picture, number: index + 1, at: token)
                }
            } ?? []
        hasPictures = !self.pictures.isEmpty
    }
}

/// A machine's passport for the staff: everything, and the address that the buyer has.
struct PassportPage: Page {
    static let template = "passport"

    let label: String
    let path: String
    /// The buyer's address; nil where the service has no public one, or the machine no passport.
    let address: String?
    let qr: Markup?
    let body: PassportBody

    init(
        _ words: Words,
        _ passport: DevicePassport,
        _ pictures: [DevicePicture] = [],
        at origin: String?
    ) {
        label = passport.label
        path = "/devices/\(passport.label)"
        address = passport.address(at: origin)
        qr = address.map { Barcode.qr($0) }
        body = PassportBody(words, passport, pictures, isPublic: false)
    }
}

/// The same for whoever holds the machine: no frame, no sign-in, serial numbers masked.
struct PublicPassportPage: Page {
    static let template = "passport-public"

    let title: String
    let language: String
    let demonstration: Bool
    let others: [Other]
    let body: PassportBody

    struct Other: Sendable {
        let code: String
        let name: String
        let path: String
    }

    init(
        _ words: Words,
        _ passport: DevicePassport,
        _ pictures: [DevicePicture] = [],
        path: String,
        isDemonstration: Bool
    ) {
        title = words("passport_title")
        language = words.language.rawValue
        demonstration = isDemonstration
        others = Language.allCases.filter { $0 != words.language }.map {
            Other(code: $0.rawValue, name: $0.ownName, path: "\(path)?lang=\($0.rawValue)")
        }
        body = PassportBody(words, passport, pictures, isPublic: true)
    }
}

extension DevicePassport {
    /// What the QR of its label carries, so that a telephone opens the passport and the till reads the label at its end.
    func address(at origin: String?) -> String? {
        Passports.address(of: label, token, at: origin)
    }
}

/// Where passports are found.
enum Passports {
    static func address(of label: String, _ token: String?, at origin: String?) -> String? {
        guard let token, let origin else { return nil }
        let place = origin.hasSuffix("/") ? origin.dropLast() : origin[...]
        return "\(place)/passport/\(token)/\(label)"
    }
}
