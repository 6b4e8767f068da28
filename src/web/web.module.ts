import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { ContractsModule } from '../contracts/contracts.module.js';
import { ActivityModule } from '../activity/activity.module.js';
import { BundlesModule } from '../bundles/bundles.module.js';
import { AccountController } from './account/account.controller.js';
import { SessionsController } from './account/sessions.controller.js';
import { ActivityPagesController } from './activity/activity-pages.controller.js';
import { RecordPagesController } from './activity/record-pages.controller.js';
import { ConfirmController } from './confirm/confirm.controller.js';
import { WebFrameModule } from './frame/web-frame.module.js';
import { HomeController } from './home/home.controller.js';
import { IdentitiesController } from './identities/identities.controller.js';
import { InformationController } from './information/information.controller.js';
import { MembersPagesController } from './members/members-pages.controller.js';
import { AccessReviewController } from './organisations/access-review.controller.js';
import { AffiliatesController } from './organisations/affiliates.controller.js';
import { OrganisationRolesController } from './organisations/organisation-roles.controller.js';
import { OrganisationsPagesController } from './organisations/organisations-pages.controller.js';
import { OrganisationSignInController } from './organisation-sign-in/organisation-sign-in.controller.js';
import { ChangePasswordController } from './passwords/change-password.controller.js';
import { ForgottenPasswordController } from './passwords/forgotten-password.controller.js';
import { PeoplePagesController } from './people/people.controller.js';
import { AddingFactors } from './second-factors/adding.js';
import { FactorsController } from './second-factors/factors.controller.js';
import { FirstFactorController } from './second-factors/first-factor.controller.js';
import { RecoveryCodesController } from './second-factors/recovery-codes.controller.js';
import { PasskeySignInController } from './sign-in/passkey-sign-in.controller.js';
import { SecondFactorController } from './sign-in/second-factor.controller.js';
import { SignInProvidersController } from './sign-in-providers/sign-in-providers.controller.js';
import { SignInController } from './sign-in/sign-in.controller.js';
import { SignOutController } from './sign-in/sign-out.controller.js';

/** The pages for people at a browser. */
@Module({
  imports: [WebFrameModule, AccessModule, ContractsModule, ActivityModule, BundlesModule],
  controllers: [
    HomeController,
    SignInController,
    SecondFactorController,
    PasskeySignInController,
    OrganisationSignInController,
    FirstFactorController,
    SignOutController,
    ForgottenPasswordController,
    ConfirmController,
    AccountController,
    ChangePasswordController,
    FactorsController,
    RecoveryCodesController,
    SessionsController,
    IdentitiesController,
    SignInProvidersController,
    OrganisationsPagesController,
    AffiliatesController,
    OrganisationRolesController,
    AccessReviewController,
    PeoplePagesController,
    MembersPagesController,
    ActivityPagesController,
    RecordPagesController,
    InformationController,
  ],
  providers: [AddingFactors],
})
export class WebModule {}
