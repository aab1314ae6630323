import Shop
import Store

extension TwoShops {
    /// What is sent to routes of machines; nil for those of another subject.
    func askedOfDevice(_ question: Question) async throws -> Asked? {
        let (path, key, today) = (question.path, question.key, question.today)
        switch "\(question.line.method) \(question.line.path)" {
        case "POST /stations": return question.form(["name": "Banc 2", "shop": "RO"])
        case "POST /api/v1/stations":
            return Asked(path: path, body: #"{"name": "Banc 2", "shop": "RO"}"#, key: key)
        case "POST /api/v1/stations/{code}/batch":
            return Asked(path: path, body: "{}", key: key)
        case "POST /api/v1/waiting-files/{id}/taking":
            return Asked(path: path, body: "{}", key: key)
        case "POST /api/v1/hardware-files":
            return Asked(path: path + "?shop=RO&name=poste.json", body: "{}")
        case "GET /after-sales/new": return Asked(path: path + "?label=\(phone)")
        case "POST /after-sales":
            return question.form(["label": phone.description, "symptom": "other"])
        case "POST /api/v1/after-sales":
            return Asked(
                path: path,
                body: #"{"label": "\#(phone)", "symptom": "other"}"#,
                key: key
            )
        case "POST /after-sales/{code}/steps":
            return question.form(["act": "diagnose", "answers": "3-2"])
        case "POST /api/v1/after-sales/{code}/steps":
            return Asked(path: path, body: #"{"act": "diagnose", "answers": "3-2"}"#, key: key)
        case "POST /after-sales/{code}/exchange":
            return question.form(["replacement": phone.description])
        case "POST /api/v1/after-sales/{code}/exchange":
            return Asked(path: path, body: #"{"replacement": "\#(phone)"}"#, key: key)
        case "POST /after-sales/{code}/refund": return question.form(["means": "cash"])
        case "POST /api/v1/after-sales/{code}/refund":
            return Asked(path: path, body: #"{"means": "cash"}"#, key: key)
        case "POST /devices":
            return question.form([
                "shop": "RO", "kind": "smartphone", "maker": "Nokia", "model": "3310",
            ])
        case "POST /devices/{label}/erasures":
            return question.form(["method": "destruction", "level": "destroy", "tool": "étau"])
        case "POST /devices/{label}/reservations":
            return question.form(["person": person.code, "until": today])
        case "POST /devices/{label}/price": return question.form(["grade": "b", "price": "12"])
        case "POST /devices/{label}/withdrawal": return question.form(["motive": "Écran fendu"])
        case "POST /api/v1/devices":
            return Asked(
                path: path,
                body: #"{"shop": "RO", "kind": "screen", "maker": "Dell", "model": "P22"}"#,
                key: key
            )
        case "POST /api/v1/devices/{label}/erasures":
            return Asked(
                path: path,
                body: """
                    {"method": "destruction", "level": "destroy", "tool": "étau", "verified": true}
                    """,
                key: key
            )
        case "POST /api/v1/devices/{label}/disks/removal":
            return Asked(path: path, body: "{}", key: key)
        case "POST /api/v1/devices/{label}/reservations":
            return Asked(
                path: path,
                body: #"{"person": "\#(person.code)", "until": "\#(today)"}"#,
                key: key
            )
        case "POST /api/v1/devices/{label}/price":
            return Asked(path: path, body: #"{"price_cents": 1200}"#, key: key)
        case "POST /devices/{label}/pictures/{id}/passport": return question.form(["shown": "yes"])
        case "POST /api/v1/devices/{label}/pictures/{id}/passport":
            return Asked(path: path, body: #"{"shown": true}"#, key: key)
        case "POST /api/v1/devices/{label}/pictures/{id}/removal":
            return Asked(path: path, body: "{}", key: key)
        case "POST /api/v1/devices/{label}/pictures":
            return Asked(path: path, file: try Photo.png(), key: key)
        case "POST /devices/{label}/removals":
            return question.form([
                "removal": "loss", "removed_on": today, "removal_motive": "Introuvable",
            ])
        case "POST /api/v1/devices/{label}/removals":
            return Asked(path: path, body: #"{"kind": "loss", "motive": "Perdu"}"#, key: key)
        case "POST /devices/{label}/location":
            return question.form(["scanned": try await location()])
        case "POST /devices/{label}/removals/reversal": return question.form(["motive": "Retrouvé"])
        case "POST /api/v1/devices/{label}/removals/reversal":
            return Asked(path: path, body: #"{"motive": "Retrouvé"}"#, key: key)
        case "POST /api/v1/devices/{label}/withdrawal":
            return Asked(path: path, body: #"{"motive": "Écran fendu"}"#, key: key)
        case "POST /api/v1/devices/{label}/gradings":
            return Asked(path: path, body: #"{"mark": 3000, "memory_gb": 4}"#, key: key)
        case "POST /api/v1/devices/{label}/kit":
            let charger = #"[{"product": "usb-charger", "found": "present"}]"#
            return Asked(path: path, body: #"{"parts": \#(charger)}"#, key: key)
        case "POST /devices/{label}/kit": return question.form(["all": "yes"])
        case "POST /devices/{label}/kit/returns":
            return question.form(["part_back": "usb-charger", "part_motive": "Mauvais modèle"])
        case "POST /api/v1/devices/{label}/kit/returns":
            return Asked(
                path: path,
                body: #"{"product": "usb-charger", "motive": "Mauvais modèle"}"#,
                key: key
            )
        case "POST /api/v1/devices/{label}/inspections":
            return Asked(path: path, body: #"{"list_starts_on": "2000-01-01"}"#, key: key)
        case "POST /api/v1/devices/{label}/stays":
            return Asked(path: path, body: #"{"grade": "b", "price_cents": 1000}"#, key: key)
        case "POST /devices/{label}/stays": return question.form(["grade": "b", "price": "10"])
        default: return nil
        }
    }
}

extension TwoShops {
    /// What is sent to routes of the stock room; nil for those of another subject.
    func askedOfStockRoom(_ question: Question) async throws -> Asked? {
        let (path, key, today) = (question.path, question.key, question.today)
        switch "\(question.line.method) \(question.line.path)" {
        case "POST /api/v1/products/{code}/thresholds":
            return Asked(path: path + "?shop=RO", body: #"{"units": 1}"#, key: key)
        case "POST /api/v1/products/{code}/stock":
            return Asked(path: path + "?shop=RO", body: #"{"units": 1}"#, key: key)
        case "POST /api/v1/batches":
            return Asked(
                path: path,
                body:
                    #"{"donor": "\#(try await donor())", "acquisition": "gift", "shop": "RO"}"#,
                key: key
            )
        case "POST /batches":
            return question.form([
                "donor": try await donor().text, "acquisition": "gift", "promised_on": today,
                "shop": "RO",
            ])
        case "POST /api/v1/batches/{code}/deliveries":
            return Asked(
                path: path,
                body: #"{"received": [{"kind": "laptop", "units": 1}]}"#,
                key: key
            )
        case "POST /batches/{code}/deliveries":
            return question.form(["received_on": today, "units_laptop": "1"])
        case "POST /api/v1/batches/{code}/devices":
            return Asked(path: path, body: #"{"label": "\#(try await machine())"}"#, key: key)
        case "POST /batches/{code}/devices": return question.form(["label": try await machine()])
        case "POST /api/v1/transfers":
            return Asked(
                path: path,
                body: #"{"shop": "RO", "to": "LI", "devices": ["\#(try await machine())"]}"#,
                key: key
            )
        case "POST /transfers":
            return question.form(["shop": "RO", "to": "LI", "labels": try await machine()])
        case "POST /api/v1/transfers/{code}/arrivals":
            return Asked(path: path, body: #"{"last": true, "motive": "Absent"}"#, key: key)
        case "POST /transfers/{code}/arrivals": return question.form(["act": "all"])
        case "POST /api/v1/transfers/{code}/findings":
            let (slip, label) = try await missing()
            return Asked(
                path: question.line.path.replacing("{code}", with: slip),
                body: #"{"devices": ["\#(label)"]}"#,
                key: key
            )
        case "POST /transfers/{code}/findings":
            let (slip, label) = try await missing()
            return Asked(
                path: question.line.path.replacing("{code}", with: slip),
                form: ["key": key, "labels": label]
            )
        case "POST /api/v1/orders":
            let mice = #"[{"product": "petite-souris", "units": 2}]"#
            return Asked(
                path: path,
                body:
                    #"{"shop": "RO", "supplier": "Grossiste", "expected_on": "\#(today)", "products": \#(mice)}"#,
                key: key
            )
        case "POST /orders":
            return question.form([
                "shop": "RO", "supplier": "Grossiste", "expected_on": today,
                "units-petite-souris": "2",
            ])
        case "POST /api/v1/orders/{code}/receipts":
            return Asked(
                path: path,
                body: #"{"products": [{"product": "petite-souris", "units": 1}]}"#,
                key: key
            )
        case "POST /orders/{code}/receipts": return question.form(["units-petite-souris": "1"])
        case "POST /api/v1/orders/{code}/end":
            return Asked(path: path, body: #"{"motive": "Rupture"}"#, key: key)
        case "POST /orders/{code}/end": return question.form(["motive": "Rupture"])
        case "POST /api/v1/counts":
            try await endCounts()
            return Asked(path: path, body: #"{"shop": "RO"}"#, key: key)
        case "POST /counts":
            try await endCounts()
            return question.form(["shop": "RO", "scope": "all"])
        case "GET /api/v1/counts/{code}/devices":
            return Asked(path: path + "?outcome=missing")
        case "POST /api/v1/counts/{code}/scans":
            return Asked(path: path, body: #"{"scanned": "ROSM26-0001"}"#, key: key)
        case "POST /counts/{code}/scans": return question.form(["scanned": "ROSM26-0001"])
        case "POST /api/v1/counts/{code}/units":
            return Asked(path: path, body: #"{"products": []}"#, key: key)
        case "POST /counts/{code}/units": return question.form([:])
        case "POST /api/v1/counts/{code}/abandonment":
            return Asked(path: path, body: #"{"motive": "Essai"}"#, key: key)
        case "POST /counts/{code}/abandonment": return question.form(["motive": "Essai"])
        case "POST /locations": return question.form(["shop": "RO", "room": key, "shelves": ""])
        case "POST /api/v1/locations":
            return Asked(path: path, body: #"{"shop": "RO", "room": "\#(key)"}"#, key: key)
        case "POST /locations/{code}/devices":
            return question.form(["scanned": try await machine()])
        case "POST /api/v1/locations/{code}/devices":
            let label = try await machine()
            return Asked(path: path, body: #"{"scanned": "\#(label)"}"#, key: key)
        case "GET /api/v1/register", "GET /register", "GET /register.csv":
            return Asked(path: path + "?shop=RO")
        case "POST /api/v1/register/corrections":
            return Asked(
                path: path,
                body: #"{"ordinal": 1, "correction": "Deux écrans", "shop": "RO"}"#,
                key: key
            )
        case "POST /register/corrections":
            return question.form(["ordinal": "1", "correction": "Deux écrans", "shop": "RO"])
        case "POST /products/thresholds":
            return question.form(["shop": "RO", "watched": "petite-souris", "threshold": "2"])
        case "POST /products/stock":
            return question.form(["shop": "RO", "received": "petite-souris", "quantity": "1"])
        default: return nil
        }
    }
}
