import Postgres
public import Shop

extension Store {
    /// What `devices` lists as a table to keep, whole: a line a machine, as the list shows it and in its order.
    /// Throws `listTooLong` for more than `most` machines, and what `devices` throws.
    public func devicesTable(
        matching: String = "",
        at filter: DeviceFilter? = nil,
        olderThan days: Int? = nil,
        in reach: Reach = .everyShop,
        most: Int = 10_000,
        language: Language
    ) async throws -> Table {
        var table = Table(
            language.choose("Appareils", "Devices"),
            header: [
                language.choose("Étiquette", "Label"), language.choose("Type", "Kind"),
                language.choose("Fabricant", "Maker"), language.choose("Modèle", "Model"),
                language.choose("Numéro de série", "Serial number"),
                language.choose("Processeur", "Processor"),
                language.choose("Mémoire (Mio)", "Memory (MiB)"),
                language.choose("Stockage (Go)", "Storage (GB)"), language.choose("État", "State"),
                language.choose("Depuis le", "Since"), language.choose("Espace", "Shop"),
                language.choose("Rangement", "Location"), language.choose("Grade", "Grade"),
                language.choose("Prix", "Price"),
                language.choose("Réservé jusqu’au", "Reserved until"),
                language.choose("Dossier SAV", "After-sales case"),
            ]
        )
        var after: String?
        repeat {
            let part = try await devices(
                matching: matching,
                at: filter,
                olderThan: days,
                in: reach,
                after: after,
                limit: 200
            )
            let serials = try await serials(of: part.items.map(\.id))
            for row in part.items {
                table.add(row.cells(serial: serials[row.id] ?? "", in: language))
            }
            guard table.lines.count <= most, part.next == nil || table.lines.count < most else {
                throw Refusal(.listTooLong, ["most": .number(Int64(most))])
            }
            after = part.next
        } while after != nil
        return table
    }
}

extension Store {
    fileprivate func serials(of devices: [ID<Device>]) async throws -> [ID<Device>: String] {
        let rows = try await transaction { tx in
            try tx.query("select id, serial from devices where id = any(\(devices))")
        }
        return try Dictionary(uniqueKeysWithValues: rows.map { (try $0["id"], try $0["serial"]) })
    }
}

extension DeviceRow {
    fileprivate func cells(serial: String, in language: Language) -> [Table.Cell] {
        [
            .text(label), .text(kind.name(in: language)), .text(maker), .text(model), .text(serial),
            .text(processor), memoryMB.map { .number($0) } ?? .nothing,
            storageGB > 0 ? .number(storageGB) : .nothing, .text(state(in: language)),
            since.map { .day($0.day) } ?? .nothing, .text(shop), .text(location?.name ?? ""),
            .text(grade?.rawValue ?? ""), price.map { .cents($0) } ?? .nothing,
            reservedUntil.map { .day($0) } ?? .nothing, .text(afterSales ?? ""),
        ]
    }

    /// What it waits for; how it left.
    private func state(in language: Language) -> String {
        (exit?.name ?? step?.name ?? stage.name)(language)
    }
}
