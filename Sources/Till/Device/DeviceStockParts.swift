import Shop
import Store

extension DevicePage {
    struct Placing: Sendable {
        let path: String
        let key: String
        let scanned: Field
        /// Nil where nobody said.
        let place: Place?

        struct Place: Sendable {
            let path: String
            let name: String
            /// To say that it is not there.
            let endPath: String
            let endKey: String
        }
    }

    struct Reserving: Sendable {
        let path: String
        let key: String
        let person: Field
        let until: Field
    }

    struct Releasing: Sendable {
        let path: String
        let key: String
        let words: String
    }

    struct Leaving: Sendable {
        let path: String
        let key: String
        let isOpen: Bool
        let kind: Choice
        let removedOn: Field
        let collector: Field
        let slip: Field
        let weight: Field
        let motive: Field
    }

    struct Reversing: Sendable {
        let path: String
        let key: String
        let motive: Field
    }

    struct Service: Sendable {
        let path: String
        let words: String
    }
}

extension DevicePage.Placing {
    /// Nil for what is not in stock, and for who does not work it.
    init?(_ source: DeviceSource) {
        guard source.mayWork, source.isInStock else { return nil }
        path = source.path + "/location"
        key = source.key()
        scanned = Field(
            "scanned",
            label: source.words("location_scan_shelf"),
            value: source.form["scanned"] ?? "",
            hint: source.words("location_scan_shelf_hint")
        )
        place = source.row.location.map {
            Place(
                path: "/locations/\($0.code)",
                name: $0.name,
                endPath: source.path + "/location/end",
                endKey: source.key()
            )
        }
    }
}

extension DevicePage.Reserving {
    /// Nil for what is not here, and while it is kept for somebody.
    init?(_ source: DeviceSource) {
        guard source.isHere, source.row.reservedUntil == nil else { return nil }
        path = source.path + "/reservations"
        key = source.key()
        person = Field(
            "person",
            label: source.words("device_person"),
            hint: source.words("device_person_hint")
        )
        until = Field("until", label: source.words("device_until"), type: "date")
    }
}

extension DevicePage.Releasing {
    /// Nil where it is kept for nobody.
    init?(_ source: DeviceSource) {
        guard source.isHere, let until = source.row.reservedUntil else { return nil }
        path = source.path + "/reservations/end"
        key = source.key()
        words = source.words("device_reserved_until", ["day": until.printed])
    }
}

extension DevicePage.Leaving {
    /// Nil for what is not here, and while it is kept for somebody.
    init?(_ source: DeviceSource) {
        guard source.isHere, source.row.reservedUntil == nil else { return nil }
        let (language, today) = (source.words.language, source.today)
        let words = source.words
        let isSent = source.form["removal"] != nil
        let form = isSent ? source.form : Form(encoded: "")
        path = source.path + "/removals"
        key = source.key()
        isOpen = isSent
        func field(
            _ name: FieldName,
            _ value: String = "",
            type: String = "text",
            hint: String? = nil
        )
            -> Field
        {
            Field(
                name.name,
                label: name.label(in: language),
                value: form[name.name] ?? value,
                hint: hint,
                type: type,
                isRequired: false,
                isOptional: false
            )
        }
        kind = Choice(
            "removal",
            label: FieldName.removalKind.label(in: language),
            options: Removal.Kind.allCases.map { ($0.rawValue, $0.name(in: language)) },
            chosen: form["removal"] ?? Removal.Kind.recycling.rawValue
        )
        removedOn = field(.removedOn, today.iso, type: "date")
        collector = field(.collector, hint: words("device_remove_recycled"))
        slip = field(.slip)
        weight = field(.weight, hint: words("batch_weight_hint"))
        motive = Field(
            "removal_motive",
            label: FieldName.motive.label(in: language),
            value: form["removal_motive"] ?? "",
            hint: words("device_remove_motive_hint")
        )
    }
}

extension DevicePage.Reversing {
    /// Nil for what was neither recycled nor lost.
    init?(_ source: DeviceSource) {
        let row = source.row
        guard source.mayWork, row.stage == .left, [.recycling, .loss].contains(row.exit) else {
            return nil
        }
        path = source.path + "/removals/reversal"
        key = source.key()
        motive = Field(
            "motive",
            label: FieldName.motive.label(in: source.words.language),
            hint: source.words("device_reverse_hint")
        )
    }
}

extension DevicePage.Service {
    /// Nil for what nobody has, and for who does not serve.
    init?(_ source: DeviceSource) {
        let row = source.row
        guard source.mayServe else { return nil }
        if let open = row.afterSales {
            self.init(
                path: "/after-sales/\(open)",
                words: source.words("after_sales_go_on")
            )
        } else if row.stage == .left, [.sale, .gift].contains(row.exit) {
            self.init(
                path: "/after-sales/new?label=\(row.label)",
                words: source.words("after_sales_open")
            )
        } else {
            return nil
        }
    }
}
