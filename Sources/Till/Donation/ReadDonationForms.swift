import Shop
import Store

extension Draft {
    mutating func readNewDonor() -> NewDonor? {
        let kind = read("kind") { text throws(Refusal) in
            try DonorKind(typed: text, field: .donorKind)
        }
        let name = read("name") { text throws(Refusal) in
            try ShortText(typed: text, field: .name)
        }
        let siret = read("siret") { text throws(Refusal) -> Siret? in
            text.contains { !$0.isWhitespace } ? try Siret(typed: text) : nil
        }
        let card = readDonorFacts()
        guard let kind, let name, let siret, let card else { return nil }
        return readAll { () throws(Refusal) in
            try NewDonor(kind: kind, name: name, siret: siret, card: card)
        }
    }

    private mutating func readDonorFacts() -> DonorFacts? {
        let contact = read("contact") { text throws(Refusal) in
            try ShortText.optional(typed: text, field: .contact)
        }
        let address = read("address") { text throws(Refusal) in
            try ShortText.optional(typed: text, field: .address)
        }
        let phone = read("phone") { text throws(Refusal) in try Phone.optional(typed: text) }
        let email = read("email") { text throws(Refusal) in
            try EmailAddress.optional(typed: text)
        }
        guard let contact, let address, let phone, let email else { return nil }
        return DonorFacts(contact: contact, address: address, phone: phone, email: email)
    }

    mutating func readNewBatch(of donor: ID<Donor>) -> NewBatch? {
        let acquisition = read("acquisition") { text throws(Refusal) in
            try Acquisition(typed: text, field: .acquisition)
        }
        let agreement = read("agreement") { text throws(Refusal) in
            try ShortText.optional(typed: text, field: .agreement)
        }
        let day = read("promised_on") { text throws(Refusal) in
            try Day(typed: text, field: .promisedOn)
        }
        let units = readUnits()
        let weight = readWeight()
        let value = read("declared_value") { text throws(Refusal) -> Cents? in
            guard text.contains(where: { !$0.isWhitespace }) else { return nil }
            do throws(Refusal) { return try Cents(typed: text) } catch {
                throw error.about(.declaredValue)
            }
        }
        guard let acquisition, let agreement, let day, let units, let weight, let value else {
            return nil
        }
        return NewBatch(
            donor: donor,
            acquisition: acquisition,
            agreement: agreement,
            promisedOn: day,
            promised: units,
            weight: weight,
            declaredValue: value
        )
    }

    mutating func readDelivery(of batch: BatchRow) -> NewDelivery? {
        let day = read("received_on") { text throws(Refusal) in
            try Day(typed: text, field: .receivedOn)
        }
        let units = readUnits()
        let weight = readWeight()
        var price = Cents.zero
        var payment: AcquisitionPayment?
        if batch.acquisition == .purchase {
            price =
                read("price") { text throws(Refusal) in
                    do throws(Refusal) { return try Cents(typed: text) } catch {
                        throw error.about(.price)
                    }
                } ?? .zero
            payment = read("payment") { text throws(Refusal) in
                try AcquisitionPayment(typed: text, field: .payment)
            }
        }
        let seller = batch.donorKind == .person ? readSeller() : nil
        guard isFine, let day, let units, let weight else { return nil }
        return NewDelivery(
            receivedOn: day,
            units: units,
            weight: weight,
            price: price,
            payment: payment,
            seller: seller
        )
    }

    private mutating func readSeller() -> SellerIdentity? {
        let name = read("seller_name") { text throws(Refusal) in
            try PersonName(typed: text, field: .sellerName)
        }
        let address = read("seller_address") { text throws(Refusal) in
            try ShortText(typed: text, field: .sellerAddress)
        }
        let document = read("document") { text throws(Refusal) in
            try IdentityDocument(typed: text, field: .document)
        }
        let number = read("document_number") { text throws(Refusal) in
            try ShortText(typed: text, field: .documentNumber, most: 40)
        }
        let issuedOn = read("issued_on") { text throws(Refusal) in
            try Day(typed: text, field: .issuedOn)
        }
        let issuedBy = read("issued_by") { text throws(Refusal) in
            try ShortText(typed: text, field: .issuedBy)
        }
        guard let name, let address, let document, let number, let issuedOn, let issuedBy else {
            return nil
        }
        return SellerIdentity(
            name: name,
            address: address,
            document: document,
            number: number,
            issuedOn: issuedOn,
            issuedBy: issuedBy
        )
    }

    private mutating func readUnits() -> KindCounts? {
        var units: [DeviceKind: Int] = [:]
        for kind in DeviceKind.allCases {
            let field = FieldName.units(of: kind)
            let count = read(field.name) { text throws(Refusal) in
                try KindCounts(typed: [kind: text])[kind]
            }
            units[kind] = count ?? 0
        }
        return isFine ? KindCounts(units) : nil
    }

    private mutating func readWeight() -> Grams?? {
        read("weight") { text throws(Refusal) in try Grams.optional(typedKilograms: text) }
    }
}
