import Shop
import Store

extension TwoShops {
    /// A route’s address with something of Roubaix in it.
    func path(of line: AccessLine) async throws -> String {
        var path = line.path
        if path.contains("{label}") {
            let label = try await machine()
            if path.hasSuffix("/reservations/end") {
                _ = try await served.store.reserveDevice(
                    DeviceLabel.typed(label),
                    for: person.id,
                    until: served.store.today,
                    key: served.store.newID(),
                    by: served.store.staff(login: "admin", till: nil)
                )
            }
            if path.hasSuffix("/removals/reversal") {
                let staff = try await served.store.staff(login: "admin", till: nil)
                let loss = try Removal(
                    .loss,
                    on: served.store.today,
                    collector: nil,
                    slip: nil,
                    weight: nil,
                    motive: "Introuvable"
                )
                _ = try await served.store.removeDevice(
                    DeviceLabel.typed(label),
                    loss,
                    key: served.store.newID(),
                    by: staff
                )
            }
            if path.hasSuffix("/kit/returns") { try await takeCharger(for: label) }
            if path.contains("/pictures/{id}") {
                path = path.replacing("{id}", with: try await picture(of: label).text)
            }
            path = path.replacing("{label}", with: label)
        }
        if path.contains("/after-sales/{code}") {
            path = path.replacing("{code}", with: try await afterSales())
        }
        if path.contains("/batches/{code}") {
            path = path.replacing("{code}", with: try await lot().batch)
        }
        if path.contains("/recharges/{code}") || path.contains("/recharge-batches/{code}") {
            path = path.replacing("{code}", with: try await codeBatch().description)
        }
        path = path.replacing("/recharge-days/{day}", with: "/recharge-days/2026-01-01")
        path = path.replacing(
            "{till}/{period}/{day}",
            with: "RO9/day/\(served.store.today.iso)"
        )
        if path.hasSuffix("/prints") { path = path.replacing("{code}", with: receipt) }
        if let code = path.firstRange(of: "/receipts/{code}/") {
            let isShown = path[code.upperBound...] == "clearances"
            path = path.replacing("{code}", with: try await codeTicket(isShown: isShown))
        }
        if path.contains("/orders/{code}") {
            path = path.replacing("{code}", with: try await order())
        }
        if path.contains("/transfers/{code}") {
            path = path.replacing("{code}", with: try await transfer())
        }
        if path.contains("/counts/{code}") {
            let isClosed = path.hasSuffix("/application") || path.hasSuffix("/devices")
            path = path.replacing("{code}", with: try await count(isClosed: isClosed))
        }
        if path.contains("/locations/{code}") {
            path = path.replacing("{code}", with: try await location())
        }
        if path == "/register/{shop}/{ordinal}" {
            path = "/register/RO/\(try await lot(of: .person).ordinal)"
        }
        if path.contains("/donors/{id}") {
            path = path.replacing("{id}", with: try await donor().text)
        }
        if path.contains("/helpers/{login}") {
            _ = try? await served.store.addHelper(
                "ro.employee",
                as: .volunteer,
                to: RunCode(typed: "RO-2026-01"),
                key: served.store.newID(),
                by: served.store.staff(login: "admin", till: nil)
            )
        }
        if path.contains("/stations/{code}") {
            path = path.replacing("{code}", with: try await station().code)
        }
        if path.contains("/waiting-files/{id}") {
            path = path.replacing("{id}", with: try await waitingFile().text)
        }
        if path.contains("{ticket}") {
            let ticket = try await gift()
            path = path.replacing("{ticket}", with: ticket.text)
            if path.contains("{sheet}") || path.hasSuffix("/act.pdf") || path.hasSuffix("/sheets") {
                path = path.replacing("{sheet}", with: try await paper(of: ticket).text)
            }
        }
        if path.contains("{visit}") {
            path = path.replacing("{visit}", with: try await visit().text)
        }
        if path.contains("{appointment}") {
            path = path.replacing("{appointment}", with: try await appointment().text)
        }
        if path.contains("{enrolment}") {
            let enrolment = try await served.store.enrolment(
                of: person.id,
                in: RunCode(typed: "RO-2026-01")
            )
            path = path.replacing("{enrolment}", with: enrolment.text)
        }
        path = path.replacing("{moment}", with: "entry")
        if path.contains("{sheet}") {
            path = path.replacing("{sheet}", with: try await sheet().text)
        }
        if path.contains("/plan") || path.hasSuffix("/cancellation") {
            path = path.replacing("{session}", with: try await plan().text)
        }
        let code =
            path.contains("/attestations")
            ? attestation
            : path.contains("/receipts/")
                ? receipt
                : path.contains("runs") ? "RO-2026-01" : path.contains("/tills/") ? "RO1" : nil
        return path.replacing("{code}", with: code ?? "petite-souris")
            .replacing("{till}", with: "RO1").replacing("{drawer}", with: "1")
            .replacing("{session}", with: session.text)
            .replacing("{login}", with: "ro.employee")
            .replacing("{id}", with: path.hasPrefix("/till-browsers") ? browser.text : sale.text)
    }
}
